package dev.lantern.ordercenter.reissue;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.ordercenter.order.Epochs;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import java.time.Instant;
import java.util.Optional;

/// Under which promise a payment is booked (K2): of an order that was claimed, the claim's own,
/// fingerprint and outcome; of one that nobody remembers, what its request must have been.
///
/// Where more or less was promised than is to be paid, nothing is: what was approved is what is
/// paid, and a second amount under one number would be a conflict.
///
/// *Nobody remembers* is no proof while Redis may have lost what it knew (W2): until settlement has
/// passed the queue ends of its present life a promise may be on its way to the books, of another
/// amount. So such rows wait. Orders that were taken without claims are in the ledger or its inbox
/// before they are answered, and were looked for there.
public final class Intents {
  private final Promises promises;
  private final Epochs epochs;

  public Intents(Promises promises, Epochs epochs) {
    this.promises = promises;
    this.epochs = epochs;
  }

  /// What is to be done.
  public sealed interface Intent {
    record Pay(Promise promise) implements Intent {}

    /// Its user was promised something else.
    record Otherwise(String why) implements Intent {}

    /// What its user was promised is not known for sure yet.
    record Later() implements Intent {}
  }

  /// The promise to book a payment under, or why there is none.
  ///
  /// @param lease a lease of this process, which the unit was taken from
  /// @throws dev.lantern.stores.redis.RedisUnavailableException when it is not known what was
  ///   promised
  public Intent of(Lane lane, Reissue reissue, Payment payment, long lease, Instant now) {
    if (payment.entitled()) {
      return new Intent.Pay(promise(fresh(lane, reissue, payment, lease, now)));
    }
    Promises.Look look = promises.look(lane, payment.orderNo());
    if (look.token().isPresent()) {
      AcceptedOrder order = look.token().get().getOrder();
      return ifSame(payment, Outcome.of(order.getOutcome()), order.toBuilder().setLeaseId(lease));
    }
    AcceptedOrder.Builder order = fresh(lane, reissue, payment, lease, now);
    Optional<Claim> claim = look.claim().map(Claim.Seen::claim);
    if (claim.isPresent()) {
      return ifSame(payment, claim.get().outcome(), claimed(order, claim.get()));
    }
    boolean settled = look.epoch().filter(life -> epochs.isSettled(life.id())).isPresent();
    return settled ? new Intent.Pay(promise(order)) : new Intent.Later();
  }

  private static Intent ifSame(Payment payment, Outcome outcome, AcceptedOrder.Builder order) {
    boolean same =
        outcome.amount().value() == payment.amountFen()
            && outcome.given() == payment.given()
            && outcome.budgetId().equals(payment.budgetId());
    return same
        ? new Intent.Pay(promise(order))
        : new Intent.Otherwise(
            "PROMISED: " + outcome.amount().value() + " fen of " + outcome.given());
  }

  private static AcceptedOrder.Builder claimed(AcceptedOrder.Builder order, Claim claim) {
    return order
        .setFingerprint(claim.fingerprint().sha256())
        .setOutcome(claim.outcome().toProto())
        .setRequestedAmountFen(claim.requestedAmount().value())
        .setOpenTime(Times.toProto(claim.openTime()))
        .setAcceptTime(Times.toProto(claim.acceptTime()))
        .setAppId(claim.appId());
  }

  private static AcceptedOrder.Builder fresh(
      Lane lane, Reissue reissue, Payment payment, long lease, Instant now) {
    OrderNo number = payment.orderNo();
    Outcome outcome =
        new Outcome(
            payment.given(),
            payment.rewardId(),
            Fen.of(payment.amountFen()),
            false,
            payment.title(),
            payment.budgetId());
    ByteString fingerprint =
        Fingerprint.of(
                number.actId(),
                payment.childActivityId(),
                number.round(),
                number.requested(),
                Fen.of(payment.requestedFen()))
            .sha256();
    return AcceptedOrder.newBuilder()
        .setOrderNo(number.text())
        .setFingerprint(fingerprint)
        .setActId(number.actId().value())
        .setActivityId(reissue.activityId())
        .setChildActivityId(payment.childActivityId())
        .setStage(number.stage())
        .setSceneId(number.round().sceneId())
        .setRainId(number.round().rainId())
        .setAwardType(number.requested())
        .setOutcome(outcome.toProto())
        .setLeaseId(lease)
        .setOpenTime(Times.toProto(now))
        .setAcceptTime(Times.toProto(now))
        .setLane(lane)
        .setRequestedAmountFen(payment.requestedFen());
  }

  private static Promise promise(AcceptedOrder.Builder builder) {
    AcceptedOrder order = builder.build();
    return RecordReader.promise(order, order.toByteString());
  }
}
