package dev.lantern.ordercenter.settle;

import com.google.protobuf.Timestamp;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.queue.Partitions;
import java.time.Instant;

/// Accepted orders to test with. Each `with…` gives another one.
///
/// @param actId whose
/// @param rainId of which round; with the user it makes the order number
/// @param fen 0 for a message
public record Given(long actId, int rainId, long fen, long lease, long requested, Instant at) {
  public static final String BUDGET = "main";

  public static Given of(long actId, long fen, long lease) {
    return new Given(actId, 1, fen, lease, 0, Instant.parse("2027-01-01T12:00:00Z"));
  }

  /// The `n`th user whose records go to this partition.
  public static long user(int n, int partition, int partitions) {
    long actId = 1_000;
    for (int found = -1; found < n; ) {
      actId++;
      if (Partitions.of(actId, partitions) == partition) {
        found++;
      }
    }
    return actId;
  }

  public Given withFen(long other) {
    return new Given(actId, rainId, other, lease, requested, at);
  }

  public Given withLease(long other) {
    return new Given(actId, rainId, fen, other, requested, at);
  }

  public Given withRound(int other) {
    return new Given(actId, other, fen, lease, requested, at);
  }

  public Given acceptedAt(Instant other) {
    return new Given(actId, rainId, fen, lease, requested, other);
  }

  /// Another request under the same number.
  public Given withRequested(long other) {
    return new Given(actId, rainId, fen, lease, other, at);
  }

  public OrderNo orderNo() {
    return OrderNo.of(
        new ActId(actId),
        new RoundId("rain-a7f3", rainId),
        AwardType.AWARD_TYPE_CASH_RED_PACKET,
        Stage.STAGE_OFFICIAL);
  }

  public Outcome outcome() {
    return fen == 0
        ? new Outcome(AwardType.AWARD_TYPE_MESSAGE, "wish", Fen.ZERO, true, "Happy new year", "")
        : new Outcome(
            AwardType.AWARD_TYPE_CASH_RED_PACKET,
            "cash-main",
            Fen.of(fen),
            false,
            "Spring red packet",
            BUDGET);
  }

  public AcceptedOrder proto() {
    return AcceptedOrder.newBuilder()
        .setOrderNo(orderNo().text())
        .setFingerprint(
            Fingerprint.of(
                    new ActId(actId),
                    Ledger.child(),
                    new RoundId("rain-a7f3", rainId),
                    AwardType.AWARD_TYPE_CASH_RED_PACKET,
                    Fen.of(requested))
                .sha256())
        .setActId(actId)
        .setAppId(1)
        .setActivityId("spring")
        .setChildActivityId(Ledger.child())
        .setStage(Stage.STAGE_OFFICIAL)
        .setSceneId("rain-a7f3")
        .setRainId(rainId)
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET)
        .setOutcome(outcome().toProto())
        .setLeaseId(fen == 0 ? 0 : lease)
        .setOpenTime(stamp())
        .setAcceptTime(stamp())
        .setLane(Lane.LANE_LIVE)
        .setTokenKeyId("live-1")
        .setRequestedAmountFen(requested)
        .build();
  }

  public Promise promise() {
    AcceptedOrder proto = proto();
    return RecordReader.promise(proto, proto.toByteString());
  }

  /// Its record at a place in the log.
  public LogRecord.Promised at(long offset) {
    return new LogRecord.Promised(offset, promise(), "");
  }

  private Timestamp stamp() {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
