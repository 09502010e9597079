package dev.lantern.ordercenter.reconcile;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.Awards;
import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.List;
import java.util.Optional;

/// Orders beside the rows of their grants: an order of a thing that is done has exactly one that
/// was given, one that waits for its vendor has one that is due, and where money took a refused
/// thing's place none was given.
final class ThingsAudit {
  private static final int SUCCESS = OrderState.ORDER_STATE_SUCCESS.getNumber();
  private static final int GRANTING = OrderState.ORDER_STATE_GRANTING.getNumber();

  private final Database database;

  ThingsAudit(Database database) {
    this.database = database;
  }

  List<Found> of(Range range) {
    Sql keys = Sql.keysOf(range);
    return database
        .query(
            "select t.* from (select o.act_id, o.order_no, o.activity_id, o.state, o.given_type,"
                + " coalesce(sum(g.state = "
                + GrantRow.State.GRANTED.code()
                + "), 0) as given, coalesce(sum(g.state = "
                + GrantRow.State.DUE.code()
                + "), 0) as due from "
                + keys.text()
                + " k join orders o on o.act_id = k.act_id and o.order_no = k.order_no"
                + " left join grants g on g.act_id = o.act_id and g.order_no = o.order_no"
                + " where o.state in ("
                + SUCCESS
                + ", "
                + GRANTING
                + ") group by o.act_id, o.order_no, o.activity_id, o.state, o.given_type) t"
                + " where (t.state = "
                + SUCCESS
                + " and t.given <> case when t.given_type in (1, 2, 100) then 0 else 1 end)"
                + " or (t.state = "
                + GRANTING
                + " and t.due = 0) limit "
                + BooksAudit.MOST,
            keys.array())
        .stream()
        .map(ThingsAudit::found)
        .toList();
  }

  private static Found found(Row row) {
    long given = row.getLong("given");
    boolean thing =
        Optional.ofNullable(AwardType.forNumber(row.getInt("given_type")))
            .map(Awards::isThing)
            .orElse(false);
    boolean twice = given > (thing ? 1 : 0);
    String what =
        row.getInt("state") == GRANTING
            ? "it waits for its vendor, and nobody asks"
            : "the order is for " + (thing ? "one thing" : "no thing") + ", given were " + given;
    return Found.ofOrder(
        twice ? Discrepancy.GRANT_TWICE : Discrepancy.GRANT_MISSING,
        new OrderKey(row.getLong("act_id"), row.getString("order_no")),
        row.getString("activity_id"),
        0,
        what);
  }
}
