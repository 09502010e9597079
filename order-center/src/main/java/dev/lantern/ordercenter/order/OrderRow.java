package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.order.v1.Stage;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of `orders`: an order as the ledger knows it.
///
/// @param leaseId the lease its token names, 0 where no budget was needed
/// @param countedLeaseId the lease that counts its unit (L6 may book under another)
/// @param partition the accept-log partition it was booked from
public record OrderRow(
    OrderNo orderNo,
    String parentActivityId,
    String activityId,
    Outcome outcome,
    Fen requestedAmount,
    long leaseId,
    long countedLeaseId,
    int partition,
    Fingerprint fingerprint,
    OrderState state,
    Optional<String> parkReason,
    int appId,
    String tokenKeyId,
    Instant openTime,
    Instant acceptedAt,
    Optional<Instant> bookedAt) {

  /// The state as it is told: what a downstream has not given yet is on its way.
  public OrderState told() {
    return state == OrderState.ORDER_STATE_GRANTING ? OrderState.ORDER_STATE_PROCESSING : state;
  }

  /// The columns [#read] wants, in `orders` order.
  public static final String COLUMNS =
      "act_id, order_no, parent_activity_id, activity_id, stage, scene_id, rain_id, award_type,"
          + " given_type, reward_id, title, fallback, amount_fen, requested_amount_fen, budget_id,"
          + " lease_id, counted_lease_id, partition_no, fingerprint, state, park_reason, app_id,"
          + " token_key_id, open_time, accepted_at, booked_at";

  /// The order in a row selected with [#COLUMNS].
  ///
  /// @throws IllegalStateException when the row is not one this code would have written
  public static OrderRow read(Row row) {
    return new OrderRow(
        orderNo(row),
        row.getString("parent_activity_id"),
        row.getString("activity_id"),
        outcome(row),
        Fen.of(row.getLong("requested_amount_fen")),
        row.getLong("lease_id"),
        row.getLong("counted_lease_id"),
        row.getInt("partition_no"),
        Fingerprint.of(row.getBytes("fingerprint")),
        state(row.getInt("state")),
        row.findString("park_reason"),
        row.getInt("app_id"),
        row.getString("token_key_id"),
        row.getInstant("open_time"),
        row.getInstant("accepted_at"),
        row.findInstant("booked_at"));
  }

  private static OrderNo orderNo(Row row) {
    return new OrderNo(
        row.getString("order_no"),
        new ActId(row.getLong("act_id")),
        new RoundId(row.getString("scene_id"), row.getInt("rain_id")),
        awardType(row.getInt("award_type")),
        stage(row.getInt("stage")));
  }

  private static Outcome outcome(Row row) {
    return new Outcome(
        awardType(row.getInt("given_type")),
        row.getString("reward_id"),
        Fen.of(row.getLong("amount_fen")),
        row.getBoolean("fallback"),
        row.getString("title"),
        row.getString("budget_id"));
  }

  private static AwardType awardType(int number) {
    return known(AwardType.forNumber(number), "award type", number);
  }

  private static Stage stage(int number) {
    return known(Stage.forNumber(number), "stage", number);
  }

  private static OrderState state(int number) {
    return known(OrderState.forNumber(number), "order state", number);
  }

  private static <E> E known(@Nullable E value, String what, int number) {
    if (value == null) {
      throw new IllegalStateException("no such " + what + ": " + number);
    }
    return value;
  }
}
