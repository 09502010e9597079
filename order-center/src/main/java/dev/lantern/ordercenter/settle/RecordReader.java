package dev.lantern.ordercenter.settle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Delivery;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.RoundId;
import java.time.Instant;

/// Reads records of the accept log: a promise where there is one, else what key and header say.
///
/// Never throws: whatever the bytes are, the record becomes something that can be booked or parked.
/// A field longer than its column counts as unreadable, too, for it could be neither.
public final class RecordReader {
  /// As much as `conflicts.record` holds.
  static final int RECORD_MAX = 4096;

  /// Above any campaign's cap, and so that the sums of a group never overflow.
  private static final long AMOUNT_MAX = 1L << 50;

  private static final int SHORT_MAX = 32;
  private static final int LONG_MAX = 64;
  private static final int TITLE_MAX = 128;

  /// As much as `grants.instead` holds.
  private static final int INSTEAD_MAX = 1024;

  private RecordReader() {}

  /// A record as the log delivers it. Absent parts are empty.
  public record Raw(
      long offset, String key, String orderNo, String traceparent, ByteString value) {}

  public static LogRecord read(Raw raw, PartitionId id) {
    try {
      Promise promise = promise(raw.value());
      require(raw.key().equals(Long.toString(promise.actId())), "the key is not its act_id");
      require(
          raw.orderNo().isEmpty() || raw.orderNo().equals(promise.orderNo().text()),
          "the header names another order");
      return new LogRecord.Promised(raw.offset(), promise, raw.traceparent());
    } catch (InvalidProtocolBufferException e) {
      return unreadable(raw, id, "not an AcceptedOrder");
    } catch (IllegalArgumentException e) {
      return unreadable(raw, id, String.valueOf(e.getMessage()));
    }
  }

  /// The promise in these bytes.
  ///
  /// @throws IllegalArgumentException when they are no promise this code could book or park
  public static Promise promise(ByteString value) throws InvalidProtocolBufferException {
    return promise(AcceptedOrder.parseFrom(value), value);
  }

  /// The promise that a message tells, whose exact bytes in the log are `record`.
  public static Promise promise(AcceptedOrder order, ByteString record) {
    require(record.size() <= RECORD_MAX, "a record over " + RECORD_MAX + " bytes");
    OrderNo number =
        OrderNo.parse(order.getOrderNo())
            .orElseThrow(() -> new IllegalArgumentException("not an order number"));
    require(number.text().equals(numberOfFields(order)), "the number is not that of its fields");
    return new Promise(
        number,
        new Fingerprint(order.getFingerprint()),
        outcome(order),
        order.getLeaseId(),
        order.getAppId(),
        atMost(SHORT_MAX, order.getActivityId()),
        atMost(SHORT_MAX, order.getChildActivityId()),
        Fen.of(order.getRequestedAmountFen()),
        instant(order.getOpenTime()),
        instant(order.getAcceptTime()),
        order.getLane() == Lane.UNRECOGNIZED ? Lane.LANE_UNSPECIFIED : order.getLane(),
        atMost(LONG_MAX, order.getTokenKeyId()),
        record);
  }

  /// A readable record as if it were not: for one that the store refuses in every other form.
  public static LogRecord.Unreadable asUnreadable(
      LogRecord.Promised record, PartitionId id, String why) {
    Promise promise = record.promise();
    return new LogRecord.Unreadable(
        record.offset(),
        promise.actId(),
        placeName(record.offset(), id),
        promise.record(),
        why,
        record.traceparent());
  }

  private static LogRecord unreadable(Raw raw, PartitionId id, String why) {
    var fromHeader =
        OrderNo.parse(raw.orderNo()).filter(n -> raw.key().equals(n.actId().toString()));
    return new LogRecord.Unreadable(
        raw.offset(),
        fromHeader.map(n -> n.actId().value()).orElseGet(() -> actId(raw.key())),
        fromHeader.map(OrderNo::text).orElseGet(() -> placeName(raw.offset(), id)),
        raw.value(),
        why,
        raw.traceparent());
  }

  /// A name for an order that has none: its place in the log, which no other record has.
  public static String placeName(long offset, PartitionId id) {
    return "log:" + id.log().topicId() + ":" + id.partition() + ":" + offset;
  }

  private static long actId(String key) {
    return key.matches("[1-9][0-9]{0,17}") ? Long.parseLong(key) : 0;
  }

  private static String numberOfFields(AcceptedOrder order) {
    return OrderNo.of(
            new ActId(order.getActId()),
            new RoundId(order.getSceneId(), order.getRainId()),
            order.getAwardType(),
            order.getStage())
        .text();
  }

  private static Outcome outcome(AcceptedOrder order) {
    require(
        order.getOutcome().getAward().getAwardType() != AwardType.UNRECOGNIZED,
        "an award type of a later version");
    Outcome outcome = Outcome.of(order.getOutcome());
    require(outcome.amount().value() <= AMOUNT_MAX, "an amount over " + AMOUNT_MAX + " fen");
    atMost(LONG_MAX, outcome.rewardId());
    atMost(TITLE_MAX, outcome.title());
    atMost(LONG_MAX, outcome.budgetId());
    outcome.delivery().ifPresent(RecordReader::checkLengths);
    return outcome;
  }

  private static void checkLengths(Delivery delivery) {
    atMost(SHORT_MAX, delivery.downstream());
    atMost(LONG_MAX, delivery.templateId());
    delivery
        .instead()
        .ifPresent(instead -> {
          atMost(TITLE_MAX, instead.title());
          require(
              instead.toProto().getSerializedSize() <= INSTEAD_MAX,
              "a fallback over " + INSTEAD_MAX + " bytes");
        });
  }

  private static Instant instant(com.google.protobuf.Timestamp time) {
    Timestamps.checkValid(time);
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static String atMost(int max, String text) {
    require(text.codePointCount(0, text.length()) <= max, "a field over " + max + " characters");
    return text;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// What Kafka hands out, which may be null, as text.
  static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }
}
