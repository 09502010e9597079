package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.StandingStill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Leads leases from OPEN or CLOSING to CLOSED (L4).
///
/// Any number of closers may run: every change is conditional on the state it was decided upon, and
/// each closer waits by itself, from when *it* first saw CLOSING, or the seq that its own mark
/// found. A closer that starts anew starts its waits anew. Called about once a second by one
/// thread.
///
/// Bounds: [#LEASES] leases a call; queue ends are read once a call and log, for all leases whose
/// wait is over.
public final class LeaseCloser {
  static final int LEASES = 500;

  private final LeaseClosingStore store;
  private final AcceptLogRegistry logs;
  private final Topics topics;
  private final Clock clock;
  private final Duration margin;
  private final Duration vanishedAfter;
  private final ClosingWatch watch;
  private final StandingStill<Long> openSeen = new StandingStill<>();
  private final Map<Long, Moment> closingSince = new HashMap<>();
  private final Map<String, Moment> missingSince = new HashMap<>();
  private final Set<Long> paged = new HashSet<>();

  /// @param vanishedAfter for how long a log must be reported missing, without a break, before its
  ///   leases are frozen: only an operator thaws them
  public LeaseCloser(
      LeaseClosingStore store,
      AcceptLogRegistry logs,
      Topics topics,
      Clock clock,
      Duration margin,
      Duration vanishedAfter,
      ClosingWatch watch) {
    this.store = store;
    this.logs = logs;
    this.topics = topics;
    this.clock = clock;
    this.margin = margin;
    this.vanishedAfter = vanishedAfter;
    this.watch = watch;
  }

  public void tick() {
    List<UnclosedLease> leases = store.unclosed(LEASES);
    Moment now = clock.now();
    forgetAllBut(leases);
    Map<String, List<Long>> endsWanted = new TreeMap<>();
    for (UnclosedLease lease : leases) {
      step(lease, now, endsWanted);
    }
    endsWanted.forEach(this::readEnds);
    leases.stream()
        .filter(lease -> lease.topicId().isPresent())
        .map(UnclosedLease::log)
        .distinct()
        .forEach(this::freezeIfGone);
  }

  private void step(UnclosedLease lease, Moment now, Map<String, List<Long>> endsWanted) {
    Duration still = openSeen.note(lease.leaseId(), lease.seq(), now);
    switch (ClosingStep.of(lease, still, closingFor(lease, now), margin)) {
      case ClosingStep.Wait() -> {}
      case ClosingStep.MarkClosing() -> {
        if (store.markClosing(lease)) {
          closingSince.put(lease.leaseId(), before(now, still));
          watch.foundDead(lease);
        }
      }
      case ClosingStep.ReadEnds() ->
          endsWanted.computeIfAbsent(lease.log(), _ -> new ArrayList<>()).add(lease.leaseId());
      case ClosingStep.OpenInbox() ->
          store.storeEnds(List.of(lease.leaseId()), new long[lease.partitions()]);
      case ClosingStep.FenceDirect() -> store.fenceDirect(lease.leaseId());
      case ClosingStep.Close() -> {
        long returned = store.close(lease);
        if (returned >= 0) {
          watch.closed(lease, returned);
        }
      }
      case ClosingStep.Broken(String why) -> {
        if (paged.add(lease.leaseId())) {
          watch.page(lease, why);
        }
      }
    }
  }

  /// Since when this process has seen the seq that CLOSING found. No heartbeat was good after that,
  /// so the wait has been running ever since.
  private static Moment before(Moment now, Duration still) {
    return new Moment(now.monotonicNanos() - still.toNanos(), now.wall().minus(still));
  }

  private Duration closingFor(UnclosedLease lease, Moment now) {
    if (lease.state() != LeaseState.CLOSING) {
      return Duration.ZERO;
    }
    Moment since = closingSince.computeIfAbsent(lease.leaseId(), _ -> now);
    return Duration.ofNanos(now.monotonicNanos() - since.monotonicNanos());
  }

  /// Reads where the log ends now, which is after every one of these leases' waits, and stores it
  /// only if the topic read is the leases' own: its id is asked for *after* the read.
  private void readEnds(String log, Collection<Long> leases) {
    Optional<LogName> known = logs.byTopicId(LogName.topicIdOf(log));
    if (known.isEmpty()) {
      return;
    }
    Optional<long[]> ends = topics.ends(known.get().topic(), known.get().partitions());
    if (ends.isPresent() && logs.exists(known.get())) {
      store.storeEnds(leases, ends.get());
    }
  }

  private void freezeIfGone(String log) {
    Optional<LogName> known = logs.byTopicId(LogName.topicIdOf(log));
    if (known.isEmpty() || logs.exists(known.get())) {
      missingSince.remove(log);
      return;
    }
    Moment now = clock.now();
    Moment since = missingSince.computeIfAbsent(log, _ -> now);
    long missingNanos = now.monotonicNanos() - since.monotonicNanos();
    if (missingNanos >= vanishedAfter.toNanos()) {
      watch.frozen(log, store.freeze(log));
    }
  }

  private void forgetAllBut(List<UnclosedLease> leases) {
    List<Long> ids = leases.stream().map(UnclosedLease::leaseId).toList();
    openSeen.keepOnly(ids);
    closingSince.keySet().retainAll(ids);
    paged.retainAll(ids);
  }
}
