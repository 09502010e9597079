package dev.lantern.ordercenter.parked;

import dev.lantern.order.v1.OrderState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query's conditions as SQL, with their arguments in order.
final class ParkedFilter {
  private static final int RETRYING = OrderState.ORDER_STATE_RETRYING.getNumber();
  private static final int PARKED = OrderState.ORDER_STATE_PARKED.getNumber();

  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> args = new ArrayList<>();

  private ParkedFilter(String first) {
    sql.append(" where ").append(first);
  }

  /// Over `orders o`.
  static ParkedFilter ofOrders(ParkedQuery query, boolean parked, boolean retrying) {
    String states =
        parked && retrying ? RETRYING + ", " + PARKED : String.valueOf(parked ? PARKED : RETRYING);
    ParkedFilter filter = new ParkedFilter("o.state in (" + states + ")");
    if (!query.activityId().isEmpty()) {
      filter.and("o.parent_activity_id = ?", query.activityId());
    }
    if (!query.reason().isEmpty()) {
      filter.and(
          "(o.park_reason = ? or o.park_reason like concat(?, ':%'))",
          query.reason(), query.reason());
    }
    return filter.common("o", query);
  }

  /// Over `conflicts c`.
  static ParkedFilter ofConflicts(ParkedQuery query) {
    ParkedFilter filter = new ParkedFilter("c.state = " + PARKED);
    if (!query.activityId().isEmpty()) {
      filter.and(
          "c.activity_id in (select child_id from child_ids where activity_id = ?)",
          query.activityId());
    }
    if (!query.reason().isEmpty()) {
      filter.and("c.reason = ?", query.reason());
    }
    return filter.common("c", query);
  }

  /// Without what cannot be booked as it is, whoever resumes it.
  ParkedFilter resumable() {
    return and("o.park_reason not like 'UNREADABLE:%'").and("o.park_reason not like 'LANE:%'");
  }

  private ParkedFilter common(String table, ParkedQuery query) {
    query.acceptedBefore().ifPresent(before -> and(table + ".accepted_at < ?", before));
    return query.actId() == 0 ? this : and(table + ".act_id = ?", query.actId());
  }

  ParkedFilter and(String condition, Object... values) {
    sql.append(" and ").append(condition);
    args.addAll(List.of(values));
    return this;
  }

  String sql() {
    return sql.toString();
  }

  @Nullable Object[] args() {
    return args.toArray();
  }

  /// The arguments with others before them.
  @Nullable Object[] args(Object... before) {
    List<@Nullable Object> all = new ArrayList<>(List.of(before));
    all.addAll(args);
    return all.toArray();
  }
}
