package dev.lantern.ordercenter.budget;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [BudgetReader] in MySQL.
public final class MysqlBudgetReader implements BudgetReader {
  private static final String LEASES =
      "select l.lease_id, l.holder, l.slice, l.state, l.log, l.created_at, l.window_ended_at,"
          + " coalesce(sum(b.booked), 0) as booked, coalesce(sum(b.fenced), 0) as fenced,"
          + " count(b.partition_no) as partitions"
          + " from budget_leases l left join lease_booked b on b.lease_id = l.lease_id"
          + " where l.budget_id = ? and l.lease_id < ?"
          + " group by l.lease_id, l.holder, l.slice, l.state, l.log, l.created_at,"
          + " l.window_ended_at"
          + " order by l.lease_id desc limit ";

  private static final String BUDGETS =
      "select budget_id, parent_activity_id, total, free, frozen, pending_cut, alarm_per_second,"
          + " alarm_percent_per_minute, freeze_per_second from budgets";

  // Of an unclosed lease what is not booked is leased; a closed one's rest is free again. Sums over
  // the budget's own leases: a budget of a hundred million orders is told as fast as an empty one.
  static final String SUMS =
      "select coalesce(sum(case when l.state <> 4 then l.slice - b.booked else 0 end), 0) as leased,"
          + " coalesce(sum(b.booked), 0) as counted,"
          + " coalesce(sum(b.parked), 0) as parked,"
          + " coalesce(sum(l.state = 1), 0) as open_leases"
          + " from budget_leases l join (select c.lease_id, sum(c.booked) as booked,"
          + " sum(c.parked) as parked from budget_leases k join lease_booked c"
          + " on c.lease_id = k.lease_id where k.budget_id = ? group by c.lease_id) b"
          + " on b.lease_id = l.lease_id where l.budget_id = ?";

  static final String RELEASED =
      "select coalesce(sum(amount), 0) as released from releases where budget_id = ?";

  private final Database database;

  public MysqlBudgetReader(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Figures> figures(String budgetId) {
    return database.inSnapshot(tx -> figures(tx, budgetId));
  }

  private static Optional<Figures> figures(Transaction tx, String budgetId) {
    return tx.query(BUDGETS + " where budget_id = ?", budgetId).stream()
        .findFirst()
        .map(budget -> figures(tx, budgetId, budget));
  }

  private static Figures figures(Transaction tx, String budgetId, Row budget) {
    Row sums = tx.query(SUMS, budgetId, budgetId).getFirst();
    long parked = sums.getLong("parked");
    long released = tx.query(RELEASED, budgetId).getFirst().getLong("released");
    return new Figures(
        budget.getString("parent_activity_id"),
        budget.getLong("total"),
        budget.getLong("free"),
        sums.getLong("leased"),
        sums.getLong("counted") - parked - released,
        parked,
        sums.getInt("open_leases"),
        budget.getBoolean("frozen"),
        budget.getLong("pending_cut"),
        new BudgetControl.Guard(
            budget.getLong("alarm_per_second"),
            budget.getInt("alarm_percent_per_minute"),
            budget.getLong("freeze_per_second")));
  }

  @Override
  public List<Named> list(String activityId, String after, int limit) {
    String where =
        " where budget_id > ? and (? = '' or parent_activity_id = ?) order by budget_id limit ";
    return database.inSnapshot(tx ->
        tx.query(BUDGETS + where + limit, after, activityId, activityId).stream()
            .map(row -> {
              String id = row.getString("budget_id");
              return new Named(id, figures(tx, id, row));
            })
            .toList());
  }

  @Override
  public Optional<Sample> sampleOf(String budgetId, Instant now, Duration within) {
    return database
        .query(
            "select sampled_at, booked from budget_samples where budget_id = ? and sampled_at >= ?"
                + " and sampled_at < ? order by slot limit 1",
            budgetId,
            now.minus(within),
            now)
        .stream()
        .findFirst()
        .map(row -> new Sample(row.getInstant("sampled_at"), row.getLong("booked")));
  }

  @Override
  public List<LeaseView> leases(String budgetId, long before, int limit) {
    return database.query(LEASES + limit, budgetId, before).stream()
        .map(row ->
            new LeaseView(
                row.getLong("lease_id"),
                row.getString("holder"),
                row.getLong("slice"),
                row.getLong("booked"),
                LeaseState.of(row.getInt("state")),
                row.getString("log"),
                row.getInstant("created_at"),
                row.getInt("fenced"),
                row.getInt("partitions"),
                row.findInstant("window_ended_at")))
        .toList();
  }
}
