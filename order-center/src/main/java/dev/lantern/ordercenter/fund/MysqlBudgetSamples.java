package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.budget.BudgetControl.Guard;
import dev.lantern.ordercenter.fund.BudgetUse.Sample;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [BudgetSamples] in MySQL.
///
/// What is used is what is neither free nor left on unclosed leases: only those are read, however
/// many leases and orders a budget has had.
public final class MysqlBudgetSamples implements BudgetSamples {
  /// How long a slot is: one sample each.
  static final Duration SLOT = Duration.ofSeconds(5);

  private static final int MOST = 1_000;
  private static final Duration MINUTE = Duration.ofSeconds(65);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final String LEFT_ON_LEASES =
      "select l.budget_id, sum(l.slice) - sum(b.booked) as left_over from budget_leases l"
          + " join (select c.lease_id, sum(c.booked) as booked from budget_leases k"
          + " join lease_booked c on c.lease_id = k.lease_id where k.state in (1, 2, 3)"
          + " group by c.lease_id) b on b.lease_id = l.lease_id where l.state in (1, 2, 3)"
          + " group by l.budget_id";

  private final Database database;

  public MysqlBudgetSamples(Database database) {
    this.database = database;
  }

  @Override
  public List<BudgetUse> take(Instant now) {
    List<BudgetUse> uses = database.inSnapshot(tx -> read(tx, now));
    write(uses, now);
    return uses;
  }

  private static List<BudgetUse> read(Transaction tx, Instant now) {
    Map<String, Long> left = new HashMap<>();
    tx.query(LEFT_ON_LEASES)
        .forEach(row -> left.put(row.getString("budget_id"), row.getLong("left_over")));
    Map<String, List<Sample>> samples = samples(tx, now);
    List<BudgetUse> uses = new ArrayList<>();
    for (Row row :
        tx.query(
            "select budget_id, total, free, frozen, alarm_per_second, alarm_percent_per_minute,"
                + " freeze_per_second from budgets order by budget_id limit "
                + MOST)) {
      String id = row.getString("budget_id");
      List<Sample> earlier = samples.getOrDefault(id, List.of());
      Guard guard =
          new Guard(
              row.getLong("alarm_per_second"),
              row.getInt("alarm_percent_per_minute"),
              row.getLong("freeze_per_second"));
      if (left.containsKey(id) || !guard.equals(Guard.NONE) || !earlier.isEmpty()) {
        long used = row.getLong("total") - row.getLong("free") - left.getOrDefault(id, 0L);
        uses.add(
            new BudgetUse(
                id,
                row.getLong("total"),
                used,
                now,
                row.getBoolean("frozen"),
                guard,
                earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.getLast()),
                earlier.stream().findFirst()));
      }
    }
    return uses;
  }

  /// Of the last minute, oldest first.
  private static Map<String, List<Sample>> samples(Transaction tx, Instant now) {
    Map<String, List<Sample>> samples = new HashMap<>();
    for (Row row :
        tx.query(
            "select s.budget_id, s.sampled_at, s.booked from budgets b join budget_samples s"
                + " on s.budget_id = b.budget_id where s.slot >= ? and s.slot < ?"
                + " order by s.budget_id, s.slot",
            slot(now.minus(MINUTE)),
            slot(now))) {
      samples
          .computeIfAbsent(row.getString("budget_id"), _ -> new ArrayList<>())
          .add(new Sample(row.getInstant("sampled_at"), row.getLong("booked")));
    }
    return samples;
  }

  private void write(List<BudgetUse> uses, Instant now) {
    if (uses.isEmpty()) {
      return;
    }
    Rows rows = new Rows(4);
    List<Object> ids = new ArrayList<>();
    for (BudgetUse use : uses) {
      rows.add(use.budgetId(), slot(now), now, use.used());
      ids.add(use.budgetId());
    }
    database.update(
        "insert into budget_samples (budget_id, slot, sampled_at, booked) "
            + rows.values()
            + " on duplicate key update budget_id = values(budget_id)",
        rows.args());
    ids.add(slot(now.minus(KEPT)));
    database.update(
        "delete from budget_samples where budget_id in " + Rows.in(uses.size()) + " and slot < ?",
        ids.toArray());
  }

  private static long slot(Instant at) {
    return at.getEpochSecond() / SLOT.toSeconds();
  }
}
