package dev.lantern.ordercenter.reconcile;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// [GrantAudit] in MySQL.
public final class MysqlGrantAudit implements GrantAudit {
  private static final int STRETCH = 1_000;
  private static final int GRANTING = OrderState.ORDER_STATE_GRANTING.getNumber();

  private static final String SELECT =
      "select g.act_id, g.order_no, g.step, g.state, g.reference, g.activity_id from grants g ";

  private final Database database;

  public MysqlGrantAudit(Database database) {
    this.database = database;
  }

  @Override
  public Instant boundary(String downstream, Instant after, Instant limit, int grants) {
    List<Row> row =
        database.query(
            "select ended_at from grants where downstream = ? and ended_at > ? and ended_at <= ?"
                + " order by ended_at limit 1 offset "
                + grants,
            downstream,
            after,
            limit);
    return row.isEmpty() ? limit : row.getFirst().getInstant("ended_at");
  }

  @Override
  public List<Recorded> ended(String downstream, Instant after, Instant until) {
    return read(
        "where g.downstream = ? and g.ended_at > ? and g.ended_at <= ?", downstream, after, until);
  }

  @Override
  public List<Recorded> parked(String downstream, int limit) {
    return read(
        "where g.downstream = ? and g.state = ? order by g.next_at limit " + limit,
        downstream,
        GrantRow.State.PARKED.code());
  }

  @Override
  public List<Recorded> of(String downstream, List<GrantId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Object> args = new ArrayList<>();
    for (GrantId id : ids) {
      args.add(id.actId());
      args.add(id.orderNo());
      args.add(id.step());
    }
    args.add(downstream);
    return read(
        "join (select ? as act_id, ? as order_no, ? as step"
            + " union all select ?, ?, ?".repeat(ids.size() - 1)
            + ") k on k.act_id = g.act_id and k.order_no = g.order_no and k.step = g.step"
            + " where g.downstream = ?",
        args.toArray());
  }

  private List<Recorded> read(String where, Object... args) {
    return database.query(SELECT + where, args).stream()
        .map(row ->
            new Recorded(
                new GrantId(row.getLong("act_id"), row.getString("order_no"), row.getInt("step")),
                GrantRow.State.of(row.getInt("state")),
                row.getString("reference"),
                row.getString("activity_id")))
        .toList();
  }

  /// The index over orders by state ends with the primary key.
  @Override
  public Stretch unasked(long afterUser, Instant acceptedBefore) {
    String waiting = " from orders where state = ? and next_at is null and act_id > ?";
    List<Row> end =
        database.query(
            "select act_id" + waiting + " order by act_id limit 1 offset " + STRETCH,
            GRANTING,
            afterUser);
    long until = end.isEmpty() ? Long.MAX_VALUE : end.getFirst().getLong("act_id");
    List<Found> found =
        database
            .query(
                "select o.act_id, o.order_no, o.activity_id from orders o where o.state = ?"
                    + " and o.next_at is null and o.act_id > ? and o.act_id <= ?"
                    + " and o.accepted_at < ? and not exists (select 1 from grants g"
                    + " where g.act_id = o.act_id and g.order_no = o.order_no and g.state = ?)",
                GRANTING,
                afterUser,
                until,
                acceptedBefore,
                GrantRow.State.DUE.code())
            .stream()
            .map(row ->
                Found.ofOrder(
                    Discrepancy.GRANT_MISSING,
                    new OrderKey(row.getLong("act_id"), row.getString("order_no")),
                    row.getString("activity_id"),
                    0,
                    "it waits for its vendor, and nobody asks"))
            .toList();
    return new Stretch(found, end.isEmpty() ? 0 : until);
  }
}
