package dev.lantern.sdk.wallet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.Award;
import java.time.Instant;
import java.util.Optional;

/// What an accepted order promises, out of a token map or the inbox.
final class Accepted {
  private Accepted() {}

  /// The promise to this wallet: empty when it is another child's, or not money (law APART). Throws
  /// when it is another user's or lane's, or of a negative amount: it is in the wrong place or
  /// broken, and what else is there cannot be trusted either.
  static Optional<Promise> promise(AcceptedOrder order, WalletKey key)
      throws InvalidProtocolBufferException {
    if (order.getActId() != key.actId() || order.getLaneValue() != key.lane()) {
      throw new InvalidProtocolBufferException("the order is of another user or lane");
    }
    Award award = order.getOutcome().getAward();
    if (award.getAmountFen() < 0) {
      throw new InvalidProtocolBufferException("the order is of a negative amount");
    }
    if (award.getAmountFen() == 0 || !order.getChildActivityId().equals(key.childActivityId())) {
      return Optional.empty();
    }
    return Purse.of(award.getAwardType())
        .map(purse ->
            new Promise(
                order.getOrderNo(),
                purse,
                award.getAmountFen(),
                instant(order.getAcceptTime()),
                award.getTitle()));
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
