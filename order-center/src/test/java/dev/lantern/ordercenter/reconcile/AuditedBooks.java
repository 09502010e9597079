package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.GroupPlanner;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.MemoryTopics;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.SetAside;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A real ledger with orders booked by production's code, and a reconciler over it whose clock is
/// set by hand. The log and the tokens are in memory.
final class AuditedBooks implements AutoCloseable {
  static final Instant BOOKED_AT = Instant.parse("2027-01-01T12:00:01Z");
  static final int PARTITIONS = 8;
  private static final int GROUP = 1_000;

  final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  final Outstanding tokens = new Outstanding();
  final MemoryTopics topics = new MemoryTopics();
  final LogName log = topics.log("audited", 1, new long[PARTITIONS]);
  final Ids ids = new Ids(new AtomicLong(1)::incrementAndGet);
  final FindingStore findings;
  final ManifestStore manifests;
  final RunStore runs;
  final MysqlOffsetStore offsets;
  private Duration elapsed = Duration.ofMinutes(1);

  AuditedBooks() {
    findings = new MysqlFindingStore(ledger.database(), ids, new Alarms(true, "/test", ids));
    manifests = new MysqlManifestStore(ledger.database(), ids);
    runs = new MysqlRunStore(ledger.database(), ids);
    offsets = new MysqlOffsetStore(ledger.database());
    offsets.ensureRows(log);
    ledger.budget(Given.BUDGET, 1_000_000_000);
  }

  /// Everything as at the beginning.
  void reset() {
    for (String table :
        List.of(
            "orders",
            "postings",
            "balances",
            "conflicts",
            "grants",
            "findings",
            "alarm_events",
            "budget_leases",
            "lease_booked",
            "reconcile_marks",
            "reconcile_log_marks",
            "token_counts",
            "platform_accounts")) {
      var _ = ledger.database().update("delete from " + table);
    }
    var _ = ledger.database().update("update budgets set free = total");
    var _ = ledger.database().update("update queue_offsets set next_offset = 0");
    elapsed = Duration.ofMinutes(1);
  }

  Instant now() {
    return BOOKED_AT.plus(elapsed);
  }

  void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }

  Moment moment() {
    return new Moment(elapsed.toNanos(), now());
  }

  void lease(long id) {
    ledger.lease(id, Given.BUDGET, 10_000_000, log, 10_000);
  }

  /// Books orders as settlement does, in groups of a partition, each at an instant of its own.
  void book(List<Given> all, Instant at) {
    MysqlBookingStore store = new MysqlBookingStore(ledger.database());
    Instant next = at;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<LogRecord> mine = new ArrayList<>();
      for (Given given : all) {
        if (dev.lantern.ordercenter.queue.Partitions.of(given.actId(), PARTITIONS) == partition) {
          mine.add(given.at(mine.size()));
        }
      }
      for (int from = 0; from < mine.size(); from += GROUP) {
        List<LogRecord> group = mine.subList(from, Math.min(mine.size(), from + GROUP));
        GroupPlanner planner = new GroupPlanner(Lane.LANE_LIVE, partition, PARTITIONS);
        Effects effects =
            Effects.of(
                planner.plan(group, Books.UNREAD, Set.of(), new SetAside.Nothing()),
                partition,
                next);
        next = next.plusMillis(1);
        assertThat(store.commit(effects)).isInstanceOf(BookingStore.Result.Done.class);
      }
    }
  }

  Reconciler reconciler(String name) {
    return reconciler(name, Optional.empty());
  }

  Reconciler reconciler(String name, Optional<Webhook> webhook) {
    return new Reconciler(
        name,
        Lane.LANE_LIVE,
        new Reconciler.Stores(
            new MysqlMarks(ledger.database()),
            findings,
            manifests,
            runs,
            new MysqlBooksAudit(ledger.database()),
            new MysqlOrderTimes(ledger.database()),
            tokens,
            offsets,
            new AlarmSender(
                new MysqlAlarmOutbox(ledger.database()), webhook, new Quiet(), this::moment)),
        () -> List.of(log),
        topics,
        new Reconciler.Patience(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1)),
        new Quiet(),
        this::moment);
  }

  /// All passes until nothing is left to follow, twice around the clock of what is looked at now
  /// and then.
  void settle(Reconciler reconciler) {
    settle(reconciler, () -> {});
  }

  /// The same with the passes over what lies outside.
  void settle(Reconciler reconciler, Runnable outside) {
    for (int turn = 0; turn < 6; turn++) {
      reconciler.tick();
      outside.run();
      pass(Duration.ofSeconds(25));
    }
  }

  void update(String sql, Object... args) {
    var _ = ledger.database().update(sql, args);
  }

  List<Finding> open() {
    return findings.list(
        new Filter(Optional.empty(), Optional.of(Finding.State.OPEN), "", 0), Long.MAX_VALUE, 100);
  }

  @Override
  public void close() {
    ledger.close();
  }

  private static final class Quiet implements ReconcileWatch {
    @Override
    public void followed(String pass, Duration lag, long examined) {}

    @Override
    public void recorded(String pass, FindingStore.Recorded recorded) {}

    @Override
    public void open(Map<Discrepancy, FindingStore.Open> open) {}

    @Override
    public void alarm(Delivery delivery, String why) {}
  }
}
