package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.operator.OperatorRequests;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// [BudgetControl] in MySQL.
///
/// Every change locks the budget's row first and holds it to the commit, as grants do: what is free
/// cannot be granted while it is cut.
public final class MysqlBudgetControl implements BudgetControl {
  private static final int MOST_BUDGETS = 1_000;
  private static final String GUARD_ACTOR = "order-center";

  private final Database database;

  public MysqlBudgetControl(Database database) {
    this.database = database;
  }

  @Override
  public Adjusted adjust(
      OperatorRequest request, String budgetId, Adjustment adjustment, long amount) {
    return once(() ->
        OperatorRequests.once(
            database,
            request,
            tx -> new OperatorRequests.Figures(adjust(tx, budgetId, adjustment, amount), amount)));
  }

  private static long adjust(Transaction tx, String budgetId, Adjustment adjustment, long amount) {
    Before before = lock(tx, budgetId).orElseThrow(() -> new NotDone(new Adjusted.NoBudget()));
    After after =
        before
            .after(adjustment, amount)
            .orElseThrow(() ->
                new NotDone(
                    new Adjusted.TooLarge(
                        Math.max(0, before.free() + before.leased() - before.pendingCut()))));
    write(tx, budgetId, after);
    return switch (adjustment) {
      case TOP_UP -> amount;
      case CUT -> before.total() - after.total();
      case FREEZE, UNFREEZE -> 0;
    };
  }

  @Override
  public Adjusted guard(OperatorRequest request, String budgetId, Guard guard) {
    return once(() ->
        OperatorRequests.once(
            database,
            request,
            tx -> {
              long found =
                  tx.update(
                      "update budgets set alarm_per_second = ?, alarm_percent_per_minute = ?,"
                          + " freeze_per_second = ?, seq = seq + 1 where budget_id = ?",
                      guard.alarmPerSecond(),
                      guard.alarmPercentPerMinute(),
                      guard.freezePerSecond(),
                      budgetId);
              if (found != 1) {
                throw new NotDone(new Adjusted.NoBudget());
              }
              return new OperatorRequests.Figures(0, 0);
            }));
  }

  @Override
  public boolean freezeByGuard(String budgetId, String why) {
    return database.inTransaction(tx -> {
      long frozen =
          tx.update(
              "update budgets set frozen = true, seq = seq + 1 where budget_id = ? and frozen ="
                  + " false",
              budgetId);
      if (frozen == 1) {
        tx.update(
            "insert into audit (at, actor, action, target, detail)"
                + " values (utc_timestamp(6), ?, ?, ?, ?)",
            GUARD_ACTOR,
            "budget.freeze-by-guard",
            budgetId,
            why);
      }
      return frozen == 1;
    });
  }

  @Override
  public List<Taken> applyPendingCuts() {
    List<Taken> all = new ArrayList<>();
    for (Row row :
        database.query(
            "select budget_id from budgets where pending_cut > 0 and free > 0 limit "
                + MOST_BUDGETS)) {
      takePending(row.getString("budget_id")).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Taken> takePending(String budgetId) {
    return database.inTransaction(tx -> {
      Before before = lock(tx, budgetId).orElseThrow();
      After after =
          new After(before.total(), before.free(), before.frozen(), before.pendingCut()).settled();
      long taken = before.total() - after.total();
      if (taken == 0) {
        return Optional.empty();
      }
      write(tx, budgetId, after);
      return Optional.of(new Taken(budgetId, taken, after.pendingCut()));
    });
  }

  private static Optional<Before> lock(Transaction tx, String budgetId) {
    List<Row> rows =
        tx.query(
            "select total, free, frozen, pending_cut from budgets where budget_id = ? for update",
            budgetId);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Row row = rows.getFirst();
    return Optional.of(
        new Before(
            row.getLong("total"),
            row.getLong("free"),
            leased(tx, budgetId),
            row.getBoolean("frozen"),
            row.getLong("pending_cut")));
  }

  // Only unclosed leases are read, however many the budget has had.
  private static long leased(Transaction tx, String budgetId) {
    String unclosed = " from budget_leases l where l.budget_id = ? and l.state in (1, 2, 3)";
    long slices =
        tx.query("select coalesce(sum(l.slice), 0) as n" + unclosed, budgetId)
            .getFirst()
            .getLong("n");
    long used =
        tx.query(
                "select coalesce(sum(b.booked), 0) as n from budget_leases l join lease_booked b"
                    + " on b.lease_id = l.lease_id where l.budget_id = ? and l.state in (1, 2, 3)",
                budgetId)
            .getFirst()
            .getLong("n");
    return slices - used;
  }

  private static void write(Transaction tx, String budgetId, After after) {
    tx.update(
        "update budgets set total = ?, free = ?, frozen = ?, pending_cut = ?, seq = seq + 1"
            + " where budget_id = ?",
        after.total(),
        after.free(),
        after.frozen(),
        after.pendingCut(),
        budgetId);
  }

  private static Adjusted once(Supplier<Answer> change) {
    try {
      return switch (change.get()) {
        case Answer.Done(long applied, _, boolean replayed) -> new Adjusted.Done(applied, replayed);
        case Answer.Reused() -> new Adjusted.Reused();
      };
    } catch (NotDone notDone) {
      return notDone.why;
    }
  }

  /// Leaves a transaction's body, so that it is rolled back.
  private static final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Adjusted why;

    NotDone(Adjusted why) {
      super(null, null, false, false);
      this.why = why;
    }
  }
}
