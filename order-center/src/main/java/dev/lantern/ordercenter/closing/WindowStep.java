package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.budget.LeaseState;
import java.time.Duration;

/// What a FROZEN lease needs next once an operator has ended its presentation window (L7).
///
/// ```
/// FROZEN ── an operator ends its window
///   ── the closer has seen that for lease time + margin, by its own monotonic clock
///   ── a walk over all of Redis A, begun after that, has booked every token of the lease
///   ── fenced in every partition, without a queue end: its log is gone
///   ── free += slice − Σ booked ──▶ CLOSED
/// ```
///
/// The walk comes after the wait: no heartbeat is good once the lease is FROZEN, so no token of it
/// is written after the wait and acknowledged. What is presented later is booked under a lease of
/// settlement's own (L6).
public sealed interface WindowStep {
  /// Nothing now.
  record Wait() implements WindowStep {}

  /// Book every token of it that Redis A still holds.
  record Sweep() implements WindowStep {}

  /// Fence it wherever it is not, without a queue end.
  record Fence() implements WindowStep {}

  /// Return its rest.
  record Close() implements WindowStep {}

  /// A broken invariant: touch nothing, page somebody.
  record Broken(String why) implements WindowStep {}

  /// Decides.
  ///
  /// @param endedFor how long ago this process first saw its window ended
  /// @param swept whether a walk begun after the wait has left no token of it
  static WindowStep of(UnclosedLease lease, Duration endedFor, boolean swept, Duration margin) {
    if (lease.state() != LeaseState.FROZEN
        || endedFor.compareTo(lease.leaseTime().plus(margin)) < 0) {
      return new Wait();
    }
    if (lease.partitions() == 0) {
      return new Broken("a lease without partitions");
    }
    if (lease.booked() > lease.slice()) {
      return new Broken("booked " + lease.booked() + " of a slice of " + lease.slice());
    }
    if (!swept) {
      return new Sweep();
    }
    return lease.fenced() == lease.partitions() ? new Close() : new Fence();
  }
}
