package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.OffsetStore;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All passes of one process, made while it leads. [#tick] is called about once a second by one
/// thread; each call is bounded.
public final class Reconciler {
  private static final Duration STANDING_EVERY = Duration.ofSeconds(10);

  private final Leader leader;
  private final Clock clock;
  private final BookedPasses booked;
  private final StandingPass standing;
  private final Recheck recheck;
  private final TokenPass tokens;
  private final LogPass log;
  private final ManifestPass manifests;
  private final RunPass runs;
  private final AlarmSender alarms;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private volatile @Nullable Leadership leading;
  private @Nullable Moment standingAt;

  /// What the passes read and write.
  public record Stores(
      Marks marks,
      FindingStore findings,
      ManifestStore manifests,
      RunStore runs,
      MysqlBooksAudit books,
      MysqlOrderTimes orders,
      TokenStore tokens,
      OffsetStore offsets,
      AlarmSender alarms) {}

  /// What they go by.
  ///
  /// @param lag how far the quick pass stays behind
  /// @param tokenAge how long a token may outlive its order's booking, and its acceptance
  /// @param parkedAge how long an order may be parked
  /// @param stalledAfter how long a partition with records may stand still
  public record Patience(
      Duration lag, Duration tokenAge, Duration parkedAge, Duration stalledAfter) {}

  /// One process's passes.
  ///
  /// @param me unique to this life of the process
  public Reconciler(
      String me,
      Lane lane,
      Stores stores,
      Supplier<List<LogName>> logs,
      Topics topics,
      Patience patience,
      ReconcileWatch watch,
      Clock real) {
    this.clock = inMicros(real);
    this.findings = stores.findings();
    this.watch = watch;
    BooksAudit books = stores.books();
    leader = new Leader(stores.marks(), me, clock);
    booked =
        new BookedPasses(Pass.all(patience.lag()), stores.marks(), books, findings, watch, clock);
    standing = new StandingPass(books, findings, watch, clock, patience.parkedAge());
    recheck = new Recheck(books, findings, clock);
    tokens =
        new TokenPass(
            stores.tokens(), stores.orders(), findings, watch, clock, patience.tokenAge());
    log =
        new LogPass(
            stores.offsets(), topics, logs, lane, findings, watch, clock, patience.stalledAfter());
    manifests = new ManifestPass(stores.manifests(), log, findings, watch, clock);
    runs =
        new RunPass(
            stores.runs(),
            stores.manifests(),
            manifests,
            books,
            this::wholes,
            findings,
            watch,
            clock);
    alarms = stores.alarms();
  }

  /// To the microsecond, as rows hold it: what was seen just now must not look older.
  static Clock inMicros(Clock real) {
    return () -> {
      Moment now = real.now();
      return new Moment(now.monotonicNanos(), Times.toMicros(now.wall()));
    };
  }

  /// One turn, if this process leads.
  public void tick() {
    Optional<Leadership> mine = leader.claim();
    leading = mine.orElse(null);
    if (mine.isEmpty()) {
      return;
    }
    try {
      turn(mine.get());
    } catch (LeadershipLost lost) {
      leading = null;
    }
  }

  /// This process's leadership, while it has it; for the passes that other threads make.
  public Optional<Leadership> leading() {
    return Optional.ofNullable(leading);
  }

  /// Each part by itself: what one store refuses does not keep the others from being looked at.
  private void turn(Leadership mine) {
    Steps steps = new Steps();
    steps.take(() -> booked.tick(mine));
    standing(mine, steps);
    steps.take(() -> watch.open(findings.openByClass()));
    steps.take(alarms::send);
    steps.take(() -> runs.tick(mine));
    steps.take(() -> log.run(mine));
    steps.take(() -> manifests.tick(mine));
    steps.take(() -> tokens.tick(mine));
    steps.end();
  }

  private void standing(Leadership mine, Steps steps) {
    Moment now = clock.now();
    Moment last = standingAt;
    if (last == null || now.since(last).compareTo(STANDING_EVERY) >= 0) {
      standingAt = now;
      for (Supplier<FindingStore.Recorded> part : standing.parts(mine)) {
        steps.take(() -> {
          var _ = part.get();
        });
      }
      steps.take(() -> recheck.run(mine));
    }
  }

  private FindingStore.Recorded wholes() {
    Leadership mine = leading;
    return mine == null ? new FindingStore.Recorded(0, 0) : standing.run(mine);
  }

  /// Steps of which each is taken, whatever became of those before it; the first trouble is told at
  /// the end.
  private static final class Steps {
    private @Nullable RuntimeException trouble;

    void take(Runnable step) {
      try {
        step.run();
      } catch (LeadershipLost lost) {
        throw lost;
      } catch (RuntimeException e) {
        trouble = trouble == null ? e : trouble;
      }
    }

    void end() {
      if (trouble != null) {
        throw trouble;
      }
    }
  }
}
