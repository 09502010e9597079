package dev.lantern.walletapi.wallet;

import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.EnteredToken;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.token.v1.SignedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a wallet shows of the copies given in its call: those that are good and not booked.
///
/// @param promises to this wallet
/// @param whole whether each copy given has been dealt with
record PresentedCopies(List<Promise> promises, boolean whole) {
  private static final String UNCONFIRMED = "UNCONFIRMED";
  private static final PresentedCopies NONE = new PresentedCopies(List.of(), true);
  private static final PresentedCopies UNKNOWN = new PresentedCopies(List.of(), false);

  /// Hands them in. A wallet is shown all the same when that is not possible now.
  static PresentedCopies of(Copies copies, WalletKey key, List<SignedToken> tokens) {
    if (tokens.isEmpty()) {
      return NONE;
    }
    try {
      List<EnteredToken> entered = copies.enter(key.actId(), tokens);
      return new PresentedCopies(
          entered.stream().flatMap(one -> promise(one, key).stream()).toList(),
          entered.stream().noneMatch(PresentedCopies::isInTheDark));
    } catch (Refused away) {
      return UNKNOWN;
    }
  }

  /// Perhaps good, and nobody can say what is promised, or whether that is by us: it counts as far
  /// as it could be verified, and the figures are not exact.
  private static boolean isInTheDark(EnteredToken one) {
    return switch (one.getPresented().getState()) {
      case PRESENTED_STATE_OUTSTANDING ->
          !one.hasAward() || one.getPresented().getProblem().equals(UNCONFIRMED);
      case PRESENTED_STATE_UNSPECIFIED, UNRECOGNIZED -> true;
      case PRESENTED_STATE_BOOKED,
          PRESENTED_STATE_KNOWN,
          PRESENTED_STATE_KEPT,
          PRESENTED_STATE_PARKED,
          PRESENTED_STATE_REFUSED ->
          false;
    };
  }

  private static Optional<Promise> promise(EnteredToken one, WalletKey key) {
    Award award = one.getAward();
    if (award.getAmountFen() <= 0 || !one.getActivityId().equals(key.childActivityId())) {
      return Optional.empty();
    }
    var at = one.getAcceptTime();
    return Purse.of(award.getAwardType())
        .map(purse ->
            new Promise(
                one.getPresented().getOrderNo(),
                purse,
                award.getAmountFen(),
                Instant.ofEpochSecond(at.getSeconds(), at.getNanos()),
                award.getTitle()));
  }
}
