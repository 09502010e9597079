package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of `orders`, as it is first written.
///
/// @param values one a column, as [#COLUMNS] names them
public record OrderRow(
    long actId, String orderNo, OrderState state, List<@Nullable Object> values) {
  /// What the books know of an order whose record could not be read.
  static final KnownOrder UNREADABLE =
      new KnownOrder(ByteString.copyFrom(new byte[Fingerprint.LENGTH]), Fen.ZERO);

  /// What [#values] holds, in their order.
  public static final String COLUMNS =
      "act_id, order_no, parent_activity_id, activity_id, stage, scene_id, rain_id, award_type,"
          + " given_type, reward_id, title, fallback, amount_fen, requested_amount_fen, budget_id,"
          + " lease_id, counted_lease_id, partition_no, fingerprint, state, park_reason, tries,"
          + " next_at, app_id, token_key_id, open_time, accepted_at, booked_at, seq";

  /// The order in which rows are locked, everywhere.
  static final Comparator<OrderRow> BY_KEY =
      Comparator.comparingLong(OrderRow::actId).thenComparing(OrderRow::orderNo);

  private static final int REASON_MAX = 200;

  public boolean isBooked() {
    return state == OrderState.ORDER_STATE_SUCCESS;
  }

  static OrderRow booked(Promise promise, long countedLease, int partition, Instant now) {
    return of(promise, countedLease, partition, new Standing.Booked(now));
  }

  /// The order of a thing: in the books, but its downstream has not given it yet.
  static OrderRow granting(Promise promise, long countedLease, int partition) {
    return of(promise, countedLease, partition, new Standing.Granting());
  }

  static OrderRow parked(Promise promise, long countedLease, int partition, String reason) {
    return of(promise, countedLease, partition, new Standing.Parked(clip(reason)));
  }

  static OrderRow retrying(Promise promise, int partition, String reason, Instant nextAt) {
    return of(promise, promise.leaseId(), partition, new Standing.Retrying(clip(reason), nextAt));
  }

  private static OrderRow of(Promise p, long countedLease, int partition, Standing standing) {
    OrderNo no = p.orderNo();
    Outcome outcome = p.outcome();
    return new OrderRow(
        p.actId(),
        no.text(),
        standing.state(),
        Arrays.asList(
            p.actId(),
            no.text(),
            p.parentActivityId(),
            p.childActivityId(),
            no.stage().getNumber(),
            no.round().sceneId(),
            no.round().rainId(),
            no.requested().getNumber(),
            outcome.given().getNumber(),
            outcome.rewardId(),
            outcome.title(),
            outcome.fallback(),
            outcome.amount().value(),
            p.requestedAmount().value(),
            outcome.budgetId(),
            p.leaseId(),
            countedLease,
            partition,
            p.fingerprint().bytes(),
            standing.state().getNumber(),
            standing.reason(),
            0,
            standing.nextAt(),
            p.appId(),
            p.tokenKeyId(),
            p.openTime(),
            p.acceptedAt(),
            standing.bookedAt(),
            0));
  }

  /// What can be said of a record that cannot be read; its bytes are kept apart.
  static OrderRow unreadable(LogRecord.Unreadable record, int partition, Instant now) {
    var number = OrderNo.parse(record.orderNo());
    return new OrderRow(
        record.actId(),
        record.orderNo(),
        OrderState.ORDER_STATE_PARKED,
        Arrays.asList(
            record.actId(),
            record.orderNo(),
            "",
            "",
            number.map(n -> n.stage().getNumber()).orElse(0),
            number.map(n -> n.round().sceneId()).orElse(""),
            number.map(n -> n.round().rainId()).orElse(0),
            number.map(n -> n.requested().getNumber()).orElse(0),
            0,
            "",
            "",
            false,
            0L,
            0L,
            "",
            0L,
            0L,
            partition,
            new byte[Fingerprint.LENGTH],
            OrderState.ORDER_STATE_PARKED.getNumber(),
            clip("UNREADABLE: " + record.why()),
            0,
            null,
            0,
            "",
            now,
            now,
            null,
            0));
  }

  private static String clip(String reason) {
    return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX);
  }

  /// The columns that say how far an order has come.
  private sealed interface Standing {
    OrderState state();

    default @Nullable String reason() {
      return null;
    }

    default @Nullable Instant nextAt() {
      return null;
    }

    default @Nullable Instant bookedAt() {
      return null;
    }

    record Booked(@Override Instant bookedAt) implements Standing {
      @Override
      public OrderState state() {
        return OrderState.ORDER_STATE_SUCCESS;
      }
    }

    record Granting() implements Standing {
      @Override
      public OrderState state() {
        return OrderState.ORDER_STATE_GRANTING;
      }
    }

    record Parked(@Override String reason) implements Standing {
      @Override
      public OrderState state() {
        return OrderState.ORDER_STATE_PARKED;
      }
    }

    record Retrying(@Override String reason, @Override Instant nextAt) implements Standing {
      @Override
      public OrderState state() {
        return OrderState.ORDER_STATE_RETRYING;
      }
    }
  }
}
