package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import java.time.Instant;

/// What a user was promised, as a record of the accept log or a stored token tells it: everything
/// that booking needs to know.
///
/// @param leaseId the lease its unit was taken from; 0 where no budget is needed
/// @param record the exact bytes it was read from; what tells its token from another's
public record Promise(
    OrderNo orderNo,
    Fingerprint fingerprint,
    Outcome outcome,
    long leaseId,
    int appId,
    String parentActivityId,
    String childActivityId,
    Fen requestedAmount,
    Instant openTime,
    Instant acceptedAt,
    Lane lane,
    String tokenKeyId,
    ByteString record) {

  public long actId() {
    return orderNo.actId().value();
  }

  /// The units of its lease that it uses up: fen of money, one of a thing.
  public long units() {
    return outcome.units().value();
  }

  /// Its entry among conflicts, should it become one.
  public ConflictKey conflictKey() {
    return new ConflictKey(orderNo.text(), fingerprint, ByteString.copyFrom(outcome.digest()));
  }
}
