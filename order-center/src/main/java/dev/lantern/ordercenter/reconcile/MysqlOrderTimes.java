package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [OrderTimes] in MySQL.
public final class MysqlOrderTimes implements OrderTimes {
  private final Database database;

  public MysqlOrderTimes(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Instant> of(List<OrderKey> orders) {
    if (orders.isEmpty()) {
      return Map.of();
    }
    Sql keys = Sql.keysOf(new Range.Keys(orders));
    Map<String, Instant> times = new HashMap<>();
    database
        .query(
            "select k.order_no, coalesce(o.booked_at, o.accepted_at, i.created_at) as since from "
                + keys.text()
                + " k left join orders o on o.act_id = k.act_id and o.order_no = k.order_no"
                + " left join inbox i on i.act_id = k.act_id and i.order_no = k.order_no",
            keys.array())
        .forEach(row ->
            row.findInstant("since").ifPresent(at -> times.put(row.getString("order_no"), at)));
    return times;
  }
}
