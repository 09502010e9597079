package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// [ReissueStore] in MySQL.
///
/// Rows are written first, the reissue last: it is there whole or not at all. Rows of one that
/// broke off are the same as those of its repetition, which writes over them.
public final class MysqlReissueStore implements ReissueStore {
  private static final int KEYS = 500;

  private final Database database;

  public MysqlReissueStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(Reissue reissue, List<Payment> payments) {
    if (find(reissue.id()).isPresent()) {
      return false;
    }
    for (int from = 0; from < payments.size(); from += KEYS) {
      insertRows(reissue.id(), payments.subList(from, Math.min(payments.size(), from + KEYS)));
    }
    try {
      var _ = database.inTransaction(tx -> insert(tx, reissue));
      return true;
    } catch (DuplicateKeyException raced) {
      return false;
    }
  }

  private void insertRows(String id, List<Payment> payments) {
    Rows rows = new Rows(14);
    for (Payment payment : payments) {
      rows.add(
          id,
          payment.rowNo(),
          payment.orderNo().actId().value(),
          payment.orderNo().text(),
          payment.entitled(),
          payment.childActivityId(),
          payment.given().getNumber(),
          payment.rewardId(),
          payment.title(),
          payment.budgetId(),
          payment.amountFen(),
          payment.requestedFen(),
          Payment.State.PENDING.number(),
          "");
    }
    var _ =
        database.update(
            "insert into reissue_rows (reissue_id, row_no, act_id, order_no, entitled,"
                + " child_activity_id, given_type, reward_id, title, budget_id, amount_fen,"
                + " requested_fen, state, note) "
                + rows.values()
                + " on duplicate key update seq = seq + 1",
            rows.args());
  }

  private static long insert(Transaction tx, Reissue reissue) {
    tx.update(
        "insert into reissues (reissue_id, request_id, cause, activity_id, reason, note, state,"
            + " row_cap_fen, total_cap_fen, rows_per_second, row_count, amount_fen, created_by,"
            + " created_at, approved_by, owner, epoch)"
            + " values (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0)",
        reissue.id(),
        reissue.requestId(),
        reissue.cause(),
        reissue.activityId(),
        reissue.reason(),
        Reissue.State.CREATED.number(),
        reissue.caps().rowFen(),
        reissue.caps().totalFen(),
        reissue.rowsPerSecond(),
        reissue.rows(),
        reissue.amountFen(),
        reissue.createdBy(),
        reissue.createdAt());
    return audit(
        tx,
        reissue.createdAt(),
        reissue.createdBy(),
        "reissue.create",
        reissue.id(),
        reissue.requestId()
            + ": "
            + reissue.rows()
            + " rows, "
            + reissue.amountFen()
            + " fen: "
            + reissue.reason());
  }

  @Override
  public Optional<Reissue> find(String id) {
    return ReissueRows.select(database, "where reissue_id = ?", id).stream().findFirst();
  }

  @Override
  public Map<String, Progress> progress(Collection<String> ids) {
    Map<String, Progress> progress = new HashMap<>();
    if (ids.isEmpty()) {
      return progress;
    }
    for (Row row :
        database.query(
            "select reissue_id, state, count(*) as n, sum(amount_fen) as fen from reissue_rows"
                + " where reissue_id in "
                + Rows.in(ids.size())
                + " group by reissue_id, state",
            ids.toArray())) {
      String id = row.getString("reissue_id");
      progress.put(
          id,
          progress
              .getOrDefault(id, Progress.NONE)
              .with(Payment.State.of(row.getInt("state")), row.getLong("n"), row.getLong("fen")));
    }
    return progress;
  }

  @Override
  public List<Reissue> list(Place before, int limit) {
    return ReissueRows.select(
        database,
        "where created_at < ? or (created_at = ? and reissue_id < ?)"
            + " order by created_at desc, reissue_id desc limit "
            + limit,
        before.createdAt(),
        before.createdAt(),
        before.id());
  }

  @Override
  public List<Payment.Result> rows(
      String id, Optional<Payment.State> state, int afterRow, int limit) {
    String where = "where reissue_id = ? and row_no > ?";
    String order = " order by row_no limit " + limit;
    return state.isPresent()
        ? ReissueRows.payments(
            database, where + " and state = ?" + order, id, afterRow, state.get().number())
        : ReissueRows.payments(database, where + order, id, afterRow);
  }

  @Override
  public boolean move(Step step, Instant now) {
    return database.inTransaction(tx -> {
      boolean moved = update(tx, step, now) == 1;
      if (moved) {
        var _ =
            audit(
                tx,
                now,
                step.actor(),
                "reissue." + step.to().name().toLowerCase(Locale.ROOT),
                step.id(),
                step.requestId() + ": " + step.reason());
      }
      return moved;
    });
  }

  private static long update(Transaction tx, Step step, Instant now) {
    List<Object> args = new ArrayList<>();
    StringBuilder sql = new StringBuilder("update reissues set state = ?, note = ?, seq = seq + 1");
    args.add(step.to().number());
    args.add(step.to() == Reissue.State.PAUSED ? step.reason() : "");
    if (step.byAnother()) {
      sql.append(", approved_by = ?, approved_at = ?");
      args.add(step.actor());
      args.add(now);
    }
    if (step.to() == Reissue.State.CANCELLED) {
      sql.append(", ended_at = ?");
      args.add(now);
    }
    sql.append(" where reissue_id = ? and state in ").append(Rows.in(step.from().size()));
    args.add(step.id());
    step.from().forEach(state -> args.add(state.number()));
    if (step.byAnother()) {
      sql.append(" and created_by <> ?");
      args.add(step.actor());
    }
    return tx.update(sql.toString(), args.toArray());
  }

  @Override
  public Set<String> booked(Collection<Payment> payments) {
    List<Payment> all = List.copyOf(payments);
    Set<String> booked = new HashSet<>();
    for (int from = 0; from < all.size(); from += KEYS) {
      List<Payment> some = all.subList(from, Math.min(all.size(), from + KEYS));
      List<Object> args = new ArrayList<>();
      for (Payment payment : some) {
        args.add(payment.orderNo().actId().value());
        args.add(payment.orderNo().text());
      }
      args.add(OrderState.ORDER_STATE_SUCCESS.getNumber());
      database
          .query(
              "select o.order_no from (select ? as act_id, ? as order_no"
                  + " union all select ?, ?".repeat(some.size() - 1)
                  + ") k join orders o on o.act_id = k.act_id and o.order_no = k.order_no"
                  + " where o.state = ?",
              args.toArray())
          .forEach(row -> booked.add(row.getString("order_no")));
    }
    return booked;
  }

  @Override
  public Map<String, Long> free(Collection<String> budgetIds) {
    Map<String, Long> free = new HashMap<>();
    if (!budgetIds.isEmpty()) {
      database
          .query(
              "select budget_id, free from budgets where budget_id in " + Rows.in(budgetIds.size()),
              budgetIds.toArray())
          .forEach(row -> free.put(row.getString("budget_id"), row.getLong("free")));
    }
    return free;
  }

  private static long audit(
      Transaction tx, Instant at, String actor, String action, String target, String detail) {
    return tx.update(
        "insert into audit (at, actor, action, target, detail) values (?, ?, ?, ?, ?)",
        at,
        actor,
        action,
        target,
        detail);
  }
}
