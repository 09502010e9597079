package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Leases beside the orders they count, budgets beside their leases.
///
/// A unit is a fen of money and one of anything else; a message has none. What a lease counts is
/// read from the index over orders alone. A thing that its downstream has refused stays counted on
/// its lease and came back as a release (L3), while its order is counted elsewhere or not at all.
final class BudgetAudit {
  /// Few at a time: a statement sums all leases that each of them has ever had.
  private static final int PAGE = 5;

  private static final int MOST_BUDGETS = 10_000;

  private static final String UNITS =
      "sum(case when given_type in (1, 2) then amount_fen when given_type = 100 then 0 else 1 end)";

  private static final String COUNTED =
      "select l.lease_id, l.budget_id, b.partition_no, b.booked,"
          + " coalesce(o.units, 0) + coalesce(c.units, 0) + coalesce(g.units, 0) as counted,"
          + " coalesce(o.n, 0) as n"
          + " from budget_leases l join lease_booked b on b.lease_id = l.lease_id"
          + " left join (select counted_lease_id, partition_no, "
          + UNITS
          + " as units, count(*) as n from orders where counted_lease_id in %1$s"
          + " group by counted_lease_id, partition_no) o"
          + " on o.counted_lease_id = b.lease_id and o.partition_no = b.partition_no"
          + " left join (select counted_lease_id, partition_no, "
          + UNITS
          + " as units from conflicts where counted_lease_id in %1$s"
          + " group by counted_lease_id, partition_no) c"
          + " on c.counted_lease_id = b.lease_id and c.partition_no = b.partition_no"
          + " left join (select lease_id, partition_no, sum(units) as units from grants"
          + " where lease_id in %1$s and state = 3 group by lease_id, partition_no) g"
          + " on g.lease_id = b.lease_id and g.partition_no = b.partition_no"
          + " where l.lease_id in %1$s"
          + " and b.booked <> coalesce(o.units, 0) + coalesce(c.units, 0)"
          + " + coalesce(g.units, 0)";

  private static final String FIGURES =
      "select b.budget_id, b.parent_activity_id, b.total, b.free,"
          + " (select coalesce(sum(case when l.state <> 4 then l.slice else"
          + " (select coalesce(sum(k.booked), 0) from lease_booked k"
          + " where k.lease_id = l.lease_id) end), 0)"
          + " from budget_leases l where l.budget_id = b.budget_id) as lent,"
          + " (select coalesce(sum(r.amount), 0) from releases r"
          + " where r.budget_id = b.budget_id) as released"
          + " from budgets b where b.budget_id > ? order by b.budget_id limit "
          + PAGE;

  private final Database database;

  BudgetAudit(Database database) {
    this.database = database;
  }

  /// The leases that may still change, or did since the one that `sinceId` is before.
  ///
  /// Two reads of the index by state: the closed ones, of which there are ever more, are not
  /// walked.
  BooksAudit.LeasePage leases(long after, long sinceId, int atMost) {
    List<Long> ids =
        Stream.concat(
                ids("state in (1, 2, 3)", after, atMost).stream(),
                ids("state = 4", Math.max(after, sinceId - 1), atMost).stream())
            .sorted()
            .distinct()
            .limit(atMost)
            .toList();
    List<Found> found = ids.isEmpty() ? List.of() : leases(ids);
    return new BooksAudit.LeasePage(found, ids.size() < atMost ? 0 : ids.getLast());
  }

  private List<Long> ids(String state, long after, int atMost) {
    return database
        .query(
            "select lease_id from budget_leases where "
                + state
                + " and lease_id > ? order by lease_id limit "
                + atMost,
            after)
        .stream()
        .map(row -> row.getLong("lease_id"))
        .toList();
  }

  List<Found> leases(List<Long> ids) {
    String in = Rows.in(ids.size());
    List<Object> args = new ArrayList<>(ids);
    args.addAll(ids);
    args.addAll(ids);
    args.addAll(ids);
    return database.query(COUNTED.formatted(in), args.toArray()).stream()
        .map(BudgetAudit::lease)
        .toList();
  }

  private static Found lease(Row row) {
    long booked = row.getLong("booked");
    long counted = row.getLong("counted");
    return Found.of(
        Discrepancy.LEASE_SUM_DIFFERS,
        row.getLong("lease_id") + "/" + row.getInt("partition_no"),
        "",
        Math.abs(booked - counted),
        row.getLong("n"),
        "a lease of "
            + row.getString("budget_id")
            + " counts "
            + booked
            + ", its orders "
            + counted);
  }

  List<Found> budgets() {
    List<Found> found = new ArrayList<>();
    String after = "";
    for (int seen = 0; seen < MOST_BUDGETS; seen += PAGE) {
      List<Row> page = database.query(FIGURES, after);
      for (Row row : page) {
        long total = row.getLong("total");
        long accounted = row.getLong("free") + row.getLong("lent") - row.getLong("released");
        if (total != accounted) {
          found.add(budget(row, total, accounted));
        }
      }
      if (page.size() < PAGE) {
        return found;
      }
      after = page.getLast().getString("budget_id");
    }
    return found;
  }

  private static Found budget(Row row, long total, long accounted) {
    return Found.of(
        Discrepancy.BUDGET_DIFFERS,
        row.getString("budget_id"),
        row.getString("parent_activity_id"),
        Math.abs(total - accounted),
        0,
        "its total is "
            + total
            + ", free "
            + row.getLong("free")
            + ", lent or counted "
            + row.getLong("lent")
            + ", released "
            + row.getLong("released"));
  }
}
