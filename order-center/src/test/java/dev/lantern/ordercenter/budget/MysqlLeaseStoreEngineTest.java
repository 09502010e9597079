package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.stores.sql.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class MysqlLeaseStoreEngineTest extends LeaseStoreContract {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private static Ledger ledger;

  @BeforeAll
  static void open() {
    ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @BeforeEach
  void empty() {
    for (String table :
        new String[] {"budgets", "budget_leases", "lease_booked", "releases", "audit"}) {
      ledger.database().update("delete from " + table);
    }
    ledger.budget("main", 1_000);
  }

  @Override
  LeaseStore store() {
    return new MysqlLeaseStore(ledger.database());
  }

  @Override
  void close(LeaseId lease, long booked) {
    ledger
        .database()
        .update(
            "update budgets set free = free - ? + (select slice from budget_leases where lease_id = ?)",
            booked,
            lease.value());
    ledger
        .database()
        .update("update budget_leases set state = 4 where lease_id = ?", lease.value());
  }

  @Test
  void figures_addUp_whateverIsLeasedBookedParkedAndReleased() {
    LogName log = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);
    ledger.lease(1, "main", 300, log, 10_000);
    ledger.lease(2, "main", 200, log, 10_000);
    ledger
        .database()
        .update("update lease_booked set booked = 40 where lease_id = 1 and partition_no < 2");
    ledger
        .database()
        .update("update lease_booked set booked = 50 where lease_id = 2 and partition_no = 0");
    ledger.database().update("update lease_booked set parked = 7 where partition_no = 0");
    close(new LeaseId(2), 50);
    MysqlBudgetReader reader = new MysqlBudgetReader(ledger.database());

    BudgetReader.Figures figures = reader.figures("main").orElseThrow();
    assertThat(figures)
        .isEqualTo(
            new BudgetReader.Figures(
                "spring", 1_000, 650, 220, 116, 14, 1, false, 0, BudgetControl.Guard.NONE));
    assertThat(figures.free() + figures.leased() + figures.booked() + figures.parked())
        .isEqualTo(figures.total());
    assertThat(reader.figures("none")).isEmpty();

    List<BudgetReader.LeaseView> leases = reader.leases("main", Long.MAX_VALUE, 10);
    assertThat(leases).extracting(BudgetReader.LeaseView::leaseId).containsExactly(2L, 1L);
    assertThat(leases.getLast().booked()).isEqualTo(80);
    assertThat(leases.getLast().partitions()).isEqualTo(8);
    assertThat(reader.leases("main", 2, 10)).hasSize(1);
  }

  @Test
  void figures_areReadByIndex_howeverManyLeasesAndOrdersThereAre() {
    ledger.budget("other", 1_000_000);
    fill(
        "insert into budget_leases (lease_id, budget_id, holder, slice, log, lease_time_ms, state,"
            + " created_at) ",
        n -> new Object[] {n, n < 1_010 ? "main" : "other", "test", 1, "DIRECT", 1, 4, NOW});
    fill("insert into lease_booked (lease_id, partition_no, booked) ", n -> new Object[] {n, 0, 1});
    fill(
        "insert into releases (order_no, step, budget_id, amount, applied_at) ",
        n -> new Object[] {"r" + n, 1, n < 1_010 ? "main" : "other", 1, NOW});
    ledger.database().query("analyze table budget_leases, lease_booked, releases");

    assertThat(new MysqlBudgetReader(ledger.database()).figures("main").orElseThrow().leased())
        .isZero();
    assertThat(scanned(MysqlBudgetReader.SUMS, "main", "main")).isEmpty();
    assertThat(scanned(MysqlBudgetReader.RELEASED, "main")).isEmpty();
    assertThat(
            ledger
                .database()
                .query("explain " + MysqlLeaseStore.STANDINGS + Rows.in(1), "other")
                .stream()
                .mapToLong(row -> Long.parseLong(row.findString("rows").orElse("0")))
                .max()
                .orElseThrow())
        .as("leases looked at of a budget that has had thousands")
        .isLessThan(10);
    // A look that cannot go by index is told as one.
    assertThat(scanned("select count(*) from budget_leases where holder = 'nobody'"))
        .containsExactly("budget_leases");
  }

  /// The tables of which a query reads more than an index gives it, by the engine's own plan; a
  /// result gathered before, such as `<derived2>`, is none.
  private static List<String> scanned(String sql, Object... args) {
    return ledger.database().query("explain " + sql, args).stream()
        .filter(row -> Set.of("ALL", "index").contains(row.findString("type").orElse("")))
        .map(row -> row.findString("table").orElse(""))
        .filter(table -> !table.startsWith("<"))
        .toList();
  }

  private static void fill(String insert, LongFunction<Object[]> row) {
    for (long from = 1_000; from < 5_000; from += 500) {
      Rows rows = new Rows(row.apply(from).length);
      LongStream.range(from, from + 500).mapToObj(row).forEach(rows::add);
      ledger.database().update(insert + rows.values(), rows.args());
    }
  }

  @Test
  void closeLeases_marksTheOpenOnes_andIsNotedInTheAudit() {
    LogName log = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);
    ledger.lease(1, "main", 300, log, 10_000);
    ledger.lease(2, "main", 200, log, 10_000);
    close(new LeaseId(2), 0);
    MysqlLeaseEnding ending = new MysqlLeaseEnding(ledger.database());

    assertThat(ending.end(request("r1", 1), "main", false))
        .isEqualTo(new LeaseEnding.Ended.Done(1, 0));
    assertThat(ending.end(request("r1", 1), "main", false))
        .as("the same request again")
        .isEqualTo(new LeaseEnding.Ended.Done(1, 0));
    assertThat(ending.end(request("r1", 2), "main", true))
        .isEqualTo(new LeaseEnding.Ended.Reused());
    assertThat(ending.left("main")).isEqualTo(new LeaseEnding.Left(1, 0));
    assertThat(new MysqlLeaseStore(ledger.database()).heartbeat("test", List.of(new LeaseId(1))))
        .isEmpty();
    assertThat(ledger.one("select count(*) as n from audit where target = 'main'")).isEqualTo(1);
    assertThat(Fen.of(ledger.one("select free as n from budgets"))).isEqualTo(new Fen(700));
  }

  @Test
  void endPresentation_endsTheWindowsOfFrozenLeasesAlone_once() {
    LogName log = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);
    ledger.lease(1, "main", 300, log, 10_000);
    ledger.lease(2, "main", 200, log, 10_000);
    ledger.database().update("update budget_leases set state = 3 where lease_id = 2");
    MysqlLeaseEnding ending = new MysqlLeaseEnding(ledger.database());
    assertThat(ending.left("main")).isEqualTo(new LeaseEnding.Left(2, 1));

    assertThat(ending.end(request("w1", 1), "main", true))
        .isEqualTo(new LeaseEnding.Ended.Done(1, 1));
    assertThat(ending.end(request("w2", 1), "main", true))
        .isEqualTo(new LeaseEnding.Ended.Done(0, 0));

    assertThat(ending.left("main")).isEqualTo(new LeaseEnding.Left(2, 0));
    assertThat(new MysqlBudgetReader(ledger.database()).leases("main", Long.MAX_VALUE, 9))
        .extracting(lease -> lease.windowEndedAt().isPresent())
        .containsExactly(true, false);
  }

  private static OperatorRequest request(String id, int digest) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) digest;
    return new OperatorRequest(
        id, "budget.close-leases", "main", ByteString.copyFrom(bytes), "operator", "why");
  }
}
