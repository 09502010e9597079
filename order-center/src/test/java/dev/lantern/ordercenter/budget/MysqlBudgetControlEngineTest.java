package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.budget.BudgetControl.Adjusted;
import dev.lantern.ordercenter.budget.BudgetControl.Adjustment;
import dev.lantern.ordercenter.budget.BudgetControl.Guard;
import dev.lantern.ordercenter.budget.LeaseStore.GrantRequest;
import dev.lantern.ordercenter.budget.LeaseStore.Granting;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class MysqlBudgetControlEngineTest {
  private static final String MAIN = "main";
  private static Ledger ledger;

  private MysqlBudgetControl control;
  private MysqlLeaseStore leases;
  private LogName log;
  private int requests;

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
        List.of(
            "budgets", "budget_leases", "lease_booked", "releases", "audit", "operator_requests")) {
      ledger.database().update("delete from " + table);
    }
    ledger.budget(MAIN, 1_000);
    control = new MysqlBudgetControl(ledger.database());
    leases = new MysqlLeaseStore(ledger.database());
    log = ledger.log("t", 8);
  }

  @Test
  void adjustment_isDoneOnce_andAudited() {
    OperatorRequest request = request();
    assertThat(control.adjust(request, MAIN, Adjustment.TOP_UP, 500))
        .isEqualTo(new Adjusted.Done(500, false));
    assertThat(control.adjust(request, MAIN, Adjustment.TOP_UP, 500))
        .isEqualTo(new Adjusted.Done(500, true));
    assertThat(column("total")).isEqualTo(1_500);
    assertThat(column("free")).isEqualTo(1_500);
    assertThat(ledger.one("select count(*) as n from audit where action = 'budget.adjust'"))
        .isEqualTo(1);
  }

  @Test
  void sameRequest_atOnce_isDoneOnce() throws Exception {
    OperatorRequest request = request();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Adjusted>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> control.adjust(request, MAIN, Adjustment.CUT, 100)));
      }
      for (Future<Adjusted> one : all) {
        assertThat(one.get()).isInstanceOf(Adjusted.Done.class);
      }
    }
    assertThat(column("total")).isEqualTo(900);
  }

  @Test
  void cut_beyondWhatIsFree_stopsGrants_andTakesWhatComesBack() {
    ledger.lease(1, MAIN, 700, log, 10_000);
    assertThat(control.adjust(request(), MAIN, Adjustment.CUT, 500))
        .isEqualTo(new Adjusted.Done(300, false));
    assertThat(column("total")).isEqualTo(700);
    assertThat(column("pending_cut")).isEqualTo(200);
    assertThat(grant(2)).isInstanceOf(Granting.TooLittle.class);
    assertThat(control.applyPendingCuts()).isEmpty();

    leases.retire(new LeaseId(1), Fen.of(150));
    assertThat(grant(3).standing().frozen()).isTrue();
    assertThat(control.applyPendingCuts()).containsExactly(new BudgetControl.Taken(MAIN, 150, 50));
    assertThat(column("total")).isEqualTo(550);
    assertThat(column("free")).isZero();

    assertThat(control.adjust(request(), MAIN, Adjustment.UNFREEZE, 0))
        .isInstanceOf(Adjusted.Done.class);
    assertThat(column("pending_cut")).isZero();
    assertThat(column("total")).isEqualTo(550);
  }

  @Test
  void cut_ofWhatIsBooked_isRefused_andMayBeAskedAgain() {
    ledger.lease(1, MAIN, 700, log, 10_000);
    ledger
        .database()
        .update("update lease_booked set booked = 600 where lease_id = 1 and partition_no = 0");
    OperatorRequest request = request();
    assertThat(control.adjust(request, MAIN, Adjustment.CUT, 401))
        .isEqualTo(new Adjusted.TooLarge(400));
    assertThat(column("total")).isEqualTo(1_000);
    assertThat(control.adjust(request, MAIN, Adjustment.CUT, 400))
        .isEqualTo(new Adjusted.Done(300, false));
  }

  @Test
  void frozenBudget_grantsNothing_untilItIsUnfrozen() {
    control.adjust(request(), MAIN, Adjustment.FREEZE, 0);
    assertThat(grant(1))
        .isEqualTo(
            new Granting.TooLittle(new LeaseStore.Standing(Fen.of(1_000), Fen.of(1_000), 0, true)));
    assertThat(leases.standings(List.of(MAIN)))
        .hasEntrySatisfying(MAIN, standing -> assertThat(standing.frozen()).isTrue());
    control.adjust(request(), MAIN, Adjustment.UNFREEZE, 0);
    assertThat(grant(2)).isInstanceOf(Granting.Granted.class);
  }

  @Test
  void guard_isShown_andFreezesOnce() {
    control.guard(request(), MAIN, new Guard(10, 20, 30));
    assertThat(new MysqlBudgetReader(ledger.database()).figures(MAIN).orElseThrow().guard())
        .isEqualTo(new Guard(10, 20, 30));
    assertThat(control.freezeByGuard(MAIN, "fast")).isTrue();
    assertThat(control.freezeByGuard(MAIN, "fast")).isFalse();
    assertThat(grant(1)).isInstanceOf(Granting.TooLittle.class);
  }

  @Test
  void unknownBudget_isTold() {
    assertThat(control.adjust(request(), "nobody", Adjustment.FREEZE, 0))
        .isInstanceOf(Adjusted.NoBudget.class);
    assertThat(control.guard(request(), "nobody", Guard.NONE))
        .isInstanceOf(Adjusted.NoBudget.class);
  }

  @Test
  void cutsAndGrants_atOnce_leaveTheBooksBalanced() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int id = i;
        all.add(threads.submit(() -> grant(100 + id)));
        all.add(threads.submit(() -> control.adjust(request(), MAIN, Adjustment.CUT, 30)));
        all.add(threads.submit(() -> control.adjust(request(), MAIN, Adjustment.TOP_UP, 10)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    BudgetReader.Figures figures =
        new MysqlBudgetReader(ledger.database()).figures(MAIN).orElseThrow();
    assertThat(figures.free() + figures.leased()).isEqualTo(figures.total());
    assertThat(figures.total()).isGreaterThanOrEqualTo(figures.leased());
  }

  private Granting grant(long id) {
    return leases.grant(
        new GrantRequest(
            new LeaseId(id), MAIN, "test", Fen.of(1), Fen.of(20), 4, log, Duration.ofSeconds(10)));
  }

  private long column(String name) {
    return ledger.one("select " + name + " as n from budgets where budget_id = 'main'");
  }

  private synchronized OperatorRequest request() {
    requests++;
    return new OperatorRequest(
        "r-" + requests,
        "budget.adjust",
        MAIN,
        ByteString.copyFrom(new byte[32]),
        "operator",
        "a test");
  }
}
