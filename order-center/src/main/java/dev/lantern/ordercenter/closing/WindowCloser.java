package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.sweep.LeaseSweep;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Leads FROZEN leases whose presentation window was ended to CLOSED (L7).
///
/// Any number may run, and any may die between two steps: the mark of the ending, the bookings, the
/// fences and the state are rows, each change conditional on the one before; the wait and the walk
/// are this process's own, and begin anew with it. Called about once a second by one thread.
///
/// Bounds: [#LEASES] leases a call; one walk at a time, for all leases whose wait is over when it
/// begins.
public final class WindowCloser {
  static final int LEASES = 500;

  private final LeaseClosingStore store;
  private final LeaseSweep sweep;
  private final Clock clock;
  private final Duration margin;
  private final ClosingWatch watch;
  private final Map<Long, Moment> endedSince = new HashMap<>();
  private final Set<Long> swept = new HashSet<>();
  private final Set<Long> paged = new HashSet<>();

  public WindowCloser(
      LeaseClosingStore store, LeaseSweep sweep, Clock clock, Duration margin, ClosingWatch watch) {
    this.store = store;
    this.sweep = sweep;
    this.clock = clock;
    this.margin = margin;
    this.watch = watch;
  }

  public void tick() {
    List<UnclosedLease> leases = store.windowEnded(LEASES);
    forgetAllBut(leases.stream().map(UnclosedLease::leaseId).toList());
    Moment now = clock.now();
    Set<Long> due = new HashSet<>();
    for (UnclosedLease lease : leases) {
      step(lease, now, due);
    }
    sweep(due);
  }

  private void step(UnclosedLease lease, Moment now, Set<Long> due) {
    long id = lease.leaseId();
    Moment since = endedSince.computeIfAbsent(id, _ -> now);
    Duration endedFor = Duration.ofNanos(now.monotonicNanos() - since.monotonicNanos());
    switch (WindowStep.of(lease, endedFor, swept.contains(id), margin)) {
      case WindowStep.Wait() -> {}
      case WindowStep.Sweep() -> due.add(id);
      case WindowStep.Fence() -> store.fenceWithoutEnd(id);
      case WindowStep.Close() -> {
        long returned = store.close(lease);
        if (returned >= 0) {
          watch.closed(lease, returned);
        }
      }
      case WindowStep.Broken(String why) -> {
        if (paged.add(id)) {
          watch.page(lease, why);
        }
      }
    }
  }

  private void sweep(Set<Long> due) {
    if (sweep.leases().isEmpty() && !due.isEmpty()) {
      sweep.begin(due);
    }
    if (!sweep.leases().isEmpty()) {
      Set<Long> done = sweep.goOn();
      swept.addAll(done);
      if (!done.isEmpty()) {
        watch.windowSwept(done.size());
      }
    }
  }

  private void forgetAllBut(List<Long> ids) {
    endedSince.keySet().retainAll(ids);
    swept.retainAll(ids);
    paged.retainAll(ids);
  }
}
