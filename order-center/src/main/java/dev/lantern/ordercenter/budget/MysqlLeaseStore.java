package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// [LeaseStore] in MySQL.
///
/// A grant locks the budget's row first and holds it to the commit, so grants and closings of one
/// budget are serial: `free` and the states of its leases are read as one.
public final class MysqlLeaseStore implements LeaseStore {
  // A sum by state: each is a look into the index, however many closed leases the budget has had.
  private static final String UNCLOSED =
      Stream.of(LeaseState.OPEN, LeaseState.CLOSING, LeaseState.FROZEN)
          .map(state ->
              "(select count(*) from budget_leases l where l.budget_id = b.budget_id and l.state = "
                  + state.code()
                  + ")")
          .collect(Collectors.joining(" + "));

  // A cut that waits for units to return freezes, too (L8).
  private static final String FROZEN = "(frozen or pending_cut > 0)";

  static final String STANDINGS =
      "select b.budget_id, b.total, b.free, "
          + FROZEN
          + " as frozen, "
          + UNCLOSED
          + " as unclosed from budgets b where b.budget_id in ";

  private final Database database;

  public MysqlLeaseStore(Database database) {
    this.database = database;
  }

  @Override
  public Granting grant(GrantRequest request) {
    return database.inTransaction(tx -> grant(tx, request));
  }

  private static Granting grant(Transaction tx, GrantRequest request) {
    List<Row> found =
        tx.query(
            "select total, free, "
                + FROZEN
                + " as frozen from budgets where budget_id = ? for update",
            request.budgetId());
    if (found.isEmpty()) {
      return new Granting.NoBudget();
    }
    Fen total = Fen.of(found.getFirst().getLong("total"));
    Fen free = Fen.of(found.getFirst().getLong("free"));
    boolean frozen = found.getFirst().getBoolean("frozen");
    Fen slice = frozen ? Fen.ZERO : request.sliceOf(free);
    if (slice.isZero()) {
      return new Granting.TooLittle(
          new Standing(total, free, countUnclosed(tx, request.budgetId()), frozen));
    }
    tx.update(
        "update budgets set free = free - ?, seq = seq + 1 where budget_id = ? and free >= ?",
        slice.value(),
        request.budgetId(),
        slice.value());
    insert(tx, request, slice);
    Fen left = Fen.of(free.value() - slice.value());
    return new Granting.Granted(slice, new Standing(total, left, 1));
  }

  private static void insert(Transaction tx, GrantRequest request, Fen slice) {
    tx.update(
        "insert into budget_leases"
            + " (lease_id, budget_id, holder, slice, log, lease_time_ms, state, created_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, utc_timestamp(6))",
        request.leaseId().value(),
        request.budgetId(),
        request.holder(),
        slice.value(),
        request.log().leaseLog(),
        request.leaseTime().toMillis(),
        LeaseState.OPEN.code());
    Rows rows = new Rows(2);
    for (int partition = 0; partition < request.log().partitions(); partition++) {
      rows.add(request.leaseId().value(), partition);
    }
    tx.update("insert into lease_booked (lease_id, partition_no) " + rows.values(), rows.args());
  }

  private static int countUnclosed(Transaction tx, String budgetId) {
    return tx.query(STANDINGS + Rows.in(1), budgetId).getFirst().getInt("unclosed");
  }

  @Override
  public Set<LeaseId> heartbeat(String holder, Collection<LeaseId> leases) {
    if (leases.isEmpty()) {
      return Set.of();
    }
    String renew =
        "update budget_leases set seq = seq + 1 where state = "
            + LeaseState.OPEN.code()
            + " and holder = ? and lease_id in ";
    List<@Nullable Object> args = new ArrayList<>();
    args.add(holder);
    leases.forEach(lease -> args.add(lease.value()));
    long renewed = database.update(renew + Rows.in(leases.size()), args.toArray());
    if (renewed == leases.size()) {
      return Set.copyOf(leases);
    }
    // Some are gone: ask one by one which.
    Set<LeaseId> alive = new HashSet<>();
    for (LeaseId lease : leases) {
      if (database.update(renew + Rows.in(1), holder, lease.value()) == 1) {
        alive.add(lease);
      }
    }
    return alive;
  }

  @Override
  public void retire(LeaseId lease, Fen rest) {
    database.inTransaction(tx -> {
      long retired =
          tx.update(
              "update budget_leases set slice = slice - ?, state = ?, seq = seq + 1,"
                  + " closing_at = utc_timestamp(6) where lease_id = ? and state = ?",
              rest.value(),
              LeaseState.CLOSING.code(),
              lease.value(),
              LeaseState.OPEN.code());
      if (retired == 1 && !rest.isZero()) {
        tx.update(
            "update budgets set free = free + ?, seq = seq + 1 where budget_id ="
                + " (select budget_id from budget_leases where lease_id = ?)",
            rest.value(),
            lease.value());
      }
      return retired;
    });
  }

  @Override
  public boolean allClosed(Collection<Long> leases) {
    if (leases.isEmpty()) {
      return true;
    }
    List<@Nullable Object> args = new ArrayList<>(leases);
    args.add(LeaseState.CLOSED.code());
    return database
            .query(
                "select count(*) as unclosed from budget_leases where lease_id in "
                    + Rows.in(leases.size())
                    + " and state <> ?",
                args.toArray())
            .getFirst()
            .getLong("unclosed")
        == 0;
  }

  @Override
  public Map<String, Standing> standings(Collection<String> budgetIds) {
    Map<String, Standing> standings = new HashMap<>();
    if (budgetIds.isEmpty()) {
      return standings;
    }
    String sql = STANDINGS + Rows.in(budgetIds.size());
    for (Row row : database.query(sql, budgetIds.toArray())) {
      standings.put(
          row.getString("budget_id"),
          new Standing(
              Fen.of(row.getLong("total")),
              Fen.of(row.getLong("free")),
              row.getInt("unclosed"),
              row.getBoolean("frozen")));
    }
    return standings;
  }
}
