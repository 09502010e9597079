package dev.lantern.ordercenter.reissue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.ordercenter.Trees;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.campaign.CampaignDocument;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.ordercenter.order.MemoryPromises;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.reconcile.Alarms;
import dev.lantern.ordercenter.reconcile.Declarations;
import dev.lantern.ordercenter.reconcile.Ids;
import dev.lantern.ordercenter.reconcile.MysqlFindingStore;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// Reissues over a real ledger and real leases; the clock that paces them is set by hand, and what
/// Redis remembers is in memory.
final class PayingWorld implements AutoCloseable {
  static final String ACTIVITY = "owed";
  static final String CHILD = "owed-official";
  static final String SCENE = "owed-rain";
  static final String BUDGET = "owed-main";
  private static final int PARTITIONS = 8;

  final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  final MemoryPromises promises = new MemoryPromises();

  /// Lives of Redis whose ends settlement has not passed.
  final Set<String> unsettled = new HashSet<>();

  final MysqlReissueStore reissues = new MysqlReissueStore(ledger.database());
  final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  final ReissueDesk desk;
  final LogName log = ledger.log("owed", PARTITIONS);
  private final AtomicLong elapsedMillis = new AtomicLong();
  private final LeaseKeeper leases;
  private final LeaseThreads threads;

  PayingWorld(long budgetFen) {
    ledger
        .database()
        .update(
            "insert into budgets (budget_id, parent_activity_id, total, free, created_at)"
                + " values (?, ?, ?, ?, utc_timestamp(6))",
            BUDGET,
            ACTIVITY,
            budgetFen,
            budgetFen);
    AtomicLong random = new AtomicLong(System.nanoTime());
    leases =
        new LeaseKeeper(
            new MysqlLeaseStore(ledger.database()),
            () -> Optional.of(log),
            new LeaseIds(() -> random.addAndGet(0x9E3779B97F4A7C15L)),
            "payer",
            LeaseTerms.STANDARD,
            Duration.ofSeconds(5),
            () -> new Moment(System.nanoTime(), Instant.now()));
    threads = LeaseThreads.start(leases, LeaseTerms.STANDARD);
    Ids ids = new Ids(random::incrementAndGet);
    desk =
        new ReissueDesk(
            reissues,
            new MysqlFindingStore(ledger.database(), ids, new Alarms(false, "", ids)),
            declarations(),
            () -> now().wall());
  }

  private Declarations declarations() {
    String document =
        Trees.rain(
            ACTIVITY, 100_000, begun.minus(Duration.ofHours(2)), begun.minus(Duration.ofHours(1)));
    CampaignIndex index =
        new CampaignIndex(
            CampaignDocument.read(document).campaign().orElseThrow(),
            1,
            "a secret for tests".getBytes(UTF_8));
    return new Declarations((_, _) -> new Known.InEffect(index), () -> now().wall());
  }

  Moment now() {
    long millis = elapsedMillis.get();
    return new Moment(millis * 1_000_000, begun.plusMillis(millis));
  }

  void pass(Duration time) {
    elapsedMillis.addAndGet(time.toMillis());
  }

  /// A worker of a settle process.
  ReissueWorker worker(String name, UnaryOperator<PaymentStore> store) {
    PaymentStore payments =
        store.apply(
            new MysqlPaymentStore(ledger.database(), new MysqlBookingStore(ledger.database())));
    Payer payer =
        new Payer(
            payments,
            new Intents(promises, life -> !unsettled.contains(life)),
            leases,
            this::now,
            Lane.LANE_LIVE,
            () -> PARTITIONS,
            FundLimits.NONE);
    return new ReissueWorker(payments, payer, (_, _, _) -> {}, name, this::now);
  }

  static ReissueHeader.Builder header(int rowsPerSecond) {
    return ReissueHeader.newBuilder()
        .setCause("the outage of the second round")
        .setActivityId(ACTIVITY)
        .setReason("they were told and not paid")
        .setRequestId("request")
        .setRowCapFen(100)
        .setTotalCapFen(1_000_000)
        .setRowsPerSecond(rowsPerSecond);
  }

  /// Orders of the round that is over.
  static List<ReissueRow> orders(int count, long fen) {
    List<ReissueRow> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      rows.add(
          ReissueRow.newBuilder()
              .setOrderNo((5_000 + n) + "_" + SCENE + "_1_1_3")
              .setAmountFen(fen)
              .build());
    }
    return rows;
  }

  /// New entitlements.
  static List<ReissueRow> entitlements(int count, long fen) {
    List<ReissueRow> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      rows.add(
          ReissueRow.newBuilder()
              .setActId(8_000 + n)
              .setChildActivityId(CHILD)
              .setRewardId("cash-main")
              .setAmountFen(fen)
              .build());
    }
    return rows;
  }

  /// Made and approved by a second person.
  Reissue approved(ReissueHeader header, List<ReissueRow> rows) {
    Reissue made = desk.create(header, rows, "operator").reissue();
    return desk.approve(made.id(), "approver", "request-2", "looked at");
  }

  Reissue.State state(Reissue reissue) {
    return reissues.find(reissue.id()).orElseThrow().state();
  }

  Progress progress(Reissue reissue) {
    return reissues.progress(List.of(reissue.id())).getOrDefault(reissue.id(), Progress.NONE);
  }

  @Override
  public void close() {
    threads.close();
    ledger.close();
  }
}
