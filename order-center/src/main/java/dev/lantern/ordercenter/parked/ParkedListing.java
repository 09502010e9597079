package dev.lantern.ordercenter.parked;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.parked.ParkedItem.Kind;
import dev.lantern.ordercenter.parked.ParkedItem.Total;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what is set aside, through the index by state: however much is booked, only what is set
/// aside is looked at.
final class ParkedListing {
  private static final int MOST_REASONS = 200;
  private static final HexFormat HEX = HexFormat.of();

  private final Database database;

  ParkedListing(Database database) {
    this.database = database;
  }

  List<ParkedItem> list(ParkedQuery query, Optional<Kind> kind, ParkedItem.Key after, int limit) {
    return Stream.concat(
            ordersOf(query, kind, after, limit).stream(),
            conflictsOf(query, kind, after, limit).stream())
        .sorted((a, b) -> a.key().compareTo(b.key()))
        .limit(limit)
        .toList();
  }

  List<Total> totals(ParkedQuery query, Optional<Kind> kind) {
    return Stream.concat(orderTotals(query, kind), conflictTotals(query, kind)).toList();
  }

  private List<ParkedItem> ordersOf(
      ParkedQuery query, Optional<Kind> kind, ParkedItem.Key after, int limit) {
    if (kind.equals(Optional.of(Kind.CONFLICT))) {
      return List.of();
    }
    ParkedFilter filter =
        orders(query, kind)
            .and(
                "(o.act_id > ? or (o.act_id = ? and o.order_no > ?))",
                after.actId(),
                after.actId(),
                after.orderNo());
    return database
        .query(
            "select o.act_id, o.order_no, o.activity_id, o.given_type, o.reward_id, o.title,"
                + " o.fallback, o.amount_fen, o.budget_id, o.park_reason, o.tries, o.accepted_at,"
                + " o.next_at, o.counted_lease_id, o.state, r.log_offset from orders o"
                + " left join parked_records r on r.act_id = o.act_id and r.order_no = o.order_no"
                + filter.sql()
                + " order by o.act_id, o.order_no limit "
                + limit,
            filter.args())
        .stream()
        .map(ParkedListing::order)
        .toList();
  }

  private List<ParkedItem> conflictsOf(
      ParkedQuery query, Optional<Kind> kind, ParkedItem.Key after, int limit) {
    if (kind.isPresent() && kind.get() != Kind.CONFLICT) {
      return List.of();
    }
    ParkedFilter filter =
        ParkedFilter.ofConflicts(query)
            .and(
                "(c.act_id > ? or (c.act_id = ? and (c.order_no > ? or (c.order_no = ? and"
                    + " concat(hex(c.fingerprint), hex(c.outcome)) > ?))))",
                after.actId(),
                after.actId(),
                after.orderNo(),
                after.orderNo(),
                after.promise().toUpperCase(Locale.ROOT));
    return database
        .query(
            "select c.act_id, c.order_no, c.fingerprint, c.outcome, c.activity_id, c.given_type,"
                + " c.title, c.amount_fen, c.budget_id, c.reason, c.accepted_at,"
                + " c.counted_lease_id from conflicts c"
                + filter.sql()
                + " order by c.act_id, c.order_no, c.fingerprint, c.outcome limit "
                + limit,
            filter.args())
        .stream()
        .map(ParkedListing::conflict)
        .toList();
  }

  private Stream<Total> orderTotals(ParkedQuery query, Optional<Kind> kind) {
    if (kind.equals(Optional.of(Kind.CONFLICT))) {
      return Stream.of();
    }
    ParkedFilter filter = orders(query, kind);
    return database
        .query(
            "select o.state, substring_index(coalesce(o.park_reason, ''), ':', 1) as reason,"
                + " count(*) as n, coalesce(sum(o.amount_fen), 0) as fen from orders o"
                + filter.sql()
                + " group by o.state, substring_index(coalesce(o.park_reason, ''), ':', 1)"
                + " order by 1, 2 limit "
                + MOST_REASONS,
            filter.args())
        .stream()
        .map(row ->
            new Total(
                kindOf(row.getInt("state")),
                row.getString("reason"),
                row.getLong("n"),
                row.getLong("fen")));
  }

  private Stream<Total> conflictTotals(ParkedQuery query, Optional<Kind> kind) {
    if (kind.isPresent() && kind.get() != Kind.CONFLICT) {
      return Stream.of();
    }
    ParkedFilter filter = ParkedFilter.ofConflicts(query);
    return database
        .query(
            "select c.reason, count(*) as n, coalesce(sum(c.amount_fen), 0) as fen from conflicts c"
                + filter.sql()
                + " group by c.reason order by 1 limit "
                + MOST_REASONS,
            filter.args())
        .stream()
        .map(row ->
            new Total(
                Kind.CONFLICT, row.getString("reason"), row.getLong("n"), row.getLong("fen")));
  }

  private static ParkedFilter orders(ParkedQuery query, Optional<Kind> kind) {
    return ParkedFilter.ofOrders(
        query,
        kind.isEmpty() || kind.get() == Kind.ORDER,
        kind.isEmpty() || kind.get() == Kind.RETRYING);
  }

  private static ParkedItem order(Row row) {
    return new ParkedItem(
        kindOf(row.getInt("state")),
        new ParkedItem.Key(row.getLong("act_id"), row.getString("order_no"), ""),
        row.getString("activity_id"),
        given(row),
        row.getString("reward_id"),
        row.getString("title"),
        row.getBoolean("fallback"),
        row.getLong("amount_fen"),
        row.getString("budget_id"),
        row.findString("park_reason").orElse(""),
        row.getInt("tries"),
        row.getInstant("accepted_at"),
        row.findInstant("next_at"),
        row.getLong("counted_lease_id"),
        row.findLong("log_offset").isPresent());
  }

  private static ParkedItem conflict(Row row) {
    return new ParkedItem(
        Kind.CONFLICT,
        key(row),
        row.getString("activity_id"),
        given(row),
        "",
        row.getString("title"),
        false,
        row.getLong("amount_fen"),
        row.getString("budget_id"),
        row.getString("reason"),
        0,
        row.getInstant("accepted_at"),
        Optional.empty(),
        row.getLong("counted_lease_id"),
        false);
  }

  /// A conflict's place.
  static ParkedItem.Key key(Row row) {
    return new ParkedItem.Key(
        row.getLong("act_id"),
        row.getString("order_no"),
        HEX.formatHex(row.getBytes("fingerprint")) + HEX.formatHex(row.getBytes("outcome")));
  }

  private static AwardType given(Row row) {
    AwardType given = AwardType.forNumber(row.getInt("given_type"));
    return given == null ? AwardType.AWARD_TYPE_UNSPECIFIED : given;
  }

  private static Kind kindOf(int state) {
    return state == OrderState.ORDER_STATE_PARKED.getNumber() ? Kind.ORDER : Kind.RETRYING;
  }
}
