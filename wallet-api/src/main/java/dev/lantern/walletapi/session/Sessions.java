package dev.lantern.walletapi.session;

import dev.lantern.walletapi.session.Assertion.Bad;
import dev.lantern.walletapi.session.Assertion.Defect;
import dev.lantern.walletapi.session.Assertion.Sound;
import java.time.InstantSource;

/// Opens sessions: judge the assertion, spend it, find or make the user's act_id, have the session
/// signed.
///
/// The assertion is spent before the session is asked for: what fails after that costs the app a
/// new assertion, what failed in the other order would let one assertion open two sessions.
public final class Sessions {
  private final AssertionVerifier verifier;
  private final AppAccounts accounts;
  private final SessionIssuer issuer;
  private final InstantSource clock;

  public Sessions(
      AssertionVerifier verifier, AppAccounts accounts, SessionIssuer issuer, InstantSource clock) {
    this.verifier = verifier;
    this.accounts = accounts;
    this.issuer = issuer;
    this.clock = clock;
  }

  /// What became of the call.
  public sealed interface Opening {
    record Opened(SessionIssuer.Session session) implements Opening {}

    record Rejected(Defect defect) implements Opening {}
  }

  public Opening open(String assertion) {
    return switch (verifier.verify(assertion, clock.instant())) {
      case Bad(Defect defect) -> new Opening.Rejected(defect);
      case Sound sound -> enter(sound);
    };
  }

  private Opening enter(Sound sound) {
    int appId = sound.user().appId();
    return switch (accounts.enter(sound)) {
      case AppAccounts.Entry.Known(long actId) -> new Opening.Opened(issuer.issue(actId, appId));
      case AppAccounts.Entry.Made(long actId) -> new Opening.Opened(issuer.issue(actId, appId));
      case AppAccounts.Entry.Replayed() -> new Opening.Rejected(Defect.REPLAYED);
    };
  }
}
