package dev.lantern.ordercenter.present;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies tokens of one lane by what token-service lists, without asking it about any token: by
/// the keys, until when each of them holds, and what was revoked.
///
/// The list is read when first needed and again once it is [#FRESH] old, so that a key taken away
/// holds no longer than that; a token of an unknown key has it read at once, for keys are published
/// before they sign. All readings together are [#BETWEEN] apart, whatever tokens come. When
/// token-service is down the last list stays good: its tokens are money already promised. An answer
/// without keys is none, and what was revoked once stays revoked.
public final class RewardKeys implements TokenCheck {
  static final Duration FRESH = Duration.ofSeconds(10);
  static final Duration BETWEEN = Duration.ofSeconds(1);

  private static final int ROOTS = 4_096;
  private static final Logger LOG = LoggerFactory.getLogger(RewardKeys.class);

  private final Supplier<ListKeysResponse> list;
  private final LongSupplier nanoTime;
  private final TokenVerifier verifier;
  private @Nullable KeySet known;
  private long readAt;
  private long triedAt;

  /// @param list asks token-service, within a bound; throws [StatusRuntimeException]
  public RewardKeys(
      Supplier<ListKeysResponse> list, Lane lane, LongSupplier nanoTime, InstantSource clock) {
    this.list = list;
    this.nanoTime = nanoTime;
    this.verifier =
        new TokenVerifier(_ -> known(Duration.ofDays(1)), lane, new VerifiedRoots(ROOTS), clock);
  }

  /// By token-service itself.
  public static RewardKeys of(
      TokenServiceBlockingStub stub,
      Duration deadline,
      Lane lane,
      LongSupplier nanoTime,
      InstantSource clock) {
    return new RewardKeys(
        () ->
            stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .listKeys(ListKeysRequest.getDefaultInstance()),
        lane,
        nanoTime,
        clock);
  }

  @Override
  public TokenVerdict verify(SignedToken token) {
    var _ = known(FRESH);
    TokenVerdict verdict = verifier.verify(token);
    if (verdict instanceof TokenVerdict.Refused(TokenProblem problem)
        && problem == TokenProblem.UNKNOWN_KEY) {
      var _ = known(BETWEEN);
      return verifier.verify(token);
    }
    return verdict;
  }

  private synchronized KeySet known(Duration atMostOld) {
    long now = nanoTime.getAsLong();
    KeySet last = known;
    boolean old = last == null || now - readAt >= atMostOld.toNanos();
    boolean mayTry = last == null || now - triedAt >= BETWEEN.toNanos();
    if (old && mayTry) {
      triedAt = now;
      KeySet told = told();
      if (told != null) {
        last = last == null ? told : told.after(last);
        known = last;
        readAt = now;
      }
    }
    if (last == null) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "tokens cannot be verified now")
          .dependency("token-service");
    }
    return last;
  }

  private @Nullable KeySet told() {
    try {
      KeySet told = KeySet.of(list.get());
      return told.keys().isEmpty() ? null : told;
    } catch (StatusRuntimeException away) {
      LOG.warn("the keys of tokens cannot be read now: {}", away.getStatus());
      return null;
    }
  }
}
