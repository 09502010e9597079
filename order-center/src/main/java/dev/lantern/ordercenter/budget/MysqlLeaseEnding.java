package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.operator.OperatorRequests;
import dev.lantern.ordercenter.operator.OperatorRequests.Figures;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;

/// [LeaseEnding] in MySQL. Only marks are set here; closers see them and do the rest, whoever dies
/// in between.
public final class MysqlLeaseEnding implements LeaseEnding {
  private final Database database;

  public MysqlLeaseEnding(Database database) {
    this.database = database;
  }

  @Override
  public Ended end(OperatorRequest request, String budgetId, boolean presentation) {
    Answer answer =
        OperatorRequests.once(
            database,
            request,
            tx -> new Figures(markOpen(tx, budgetId), presentation ? endWindows(tx, budgetId) : 0));
    return switch (answer) {
      case Answer.Done(long marked, long windows, _) -> new Ended.Done((int) marked, (int) windows);
      case Answer.Reused() -> new Ended.Reused();
    };
  }

  private static long markOpen(Transaction tx, String budgetId) {
    return tx.update(
        "update budget_leases set state = ?, seq = seq + 1, closing_at = utc_timestamp(6)"
            + " where budget_id = ? and state = ?",
        LeaseState.CLOSING.code(),
        budgetId,
        LeaseState.OPEN.code());
  }

  private static long endWindows(Transaction tx, String budgetId) {
    return tx.update(
        "update budget_leases set window_ended_at = utc_timestamp(6), seq = seq + 1"
            + " where budget_id = ? and state = ? and window_ended_at is null",
        budgetId,
        LeaseState.FROZEN.code());
  }

  @Override
  public Left left(String budgetId) {
    Row row =
        database
            .query(
                "select count(*) as unclosed, coalesce(sum(state = ? and window_ended_at is null),"
                    + " 0) as frozen from budget_leases where budget_id = ? and state in (?, ?, ?)",
                LeaseState.FROZEN.code(),
                budgetId,
                LeaseState.OPEN.code(),
                LeaseState.CLOSING.code(),
                LeaseState.FROZEN.code())
            .getFirst();
    return new Left(row.getInt("unclosed"), row.getInt("frozen"));
  }
}
