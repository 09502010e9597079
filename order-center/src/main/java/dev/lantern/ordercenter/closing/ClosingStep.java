package dev.lantern.ordercenter.closing;

import java.time.Duration;

/// What a lease needs next on its way to CLOSED (L4).
///
/// ```
/// OPEN ── seq stands still for lease time + margin ──▶ CLOSING
///   ── the closer has seen CLOSING, or the seq that CLOSING found, for lease time + margin, by its
///      own monotonic clock
///   ── queue ends read, topic id checked after the read, ends stored
///   ── each partition's owner has booked past its end, and fences
///   ── free += slice − Σ booked ──▶ CLOSED
/// ```
///
/// The wait is what makes the queue end an upper bound: the holder stops answering lease time −
/// margin after the sending of its last good heartbeat, and no heartbeat is good after CLOSING. So
/// whatever it acknowledged was in the log before the end was read. Whoever ends a silent lease has
/// waited already: its mark holds only if the seq is the one it has been looking at (ADR 0011).
/// What lies above the end was never acknowledged; once the partition is fenced its records are
/// void.
public sealed interface ClosingStep {
  /// Nothing now.
  record Wait() implements ClosingStep {}

  /// Its holder is gone: end its life.
  record MarkClosing() implements ClosingStep {}

  /// Read and store where each partition of its log ends now.
  record ReadEnds() implements ClosingStep {}

  /// Note that its wait is over: each partition's owner fences it in a transaction that finds no
  /// inbox row of it left.
  record OpenInbox() implements ClosingStep {}

  /// No queue stands between: the wait alone is enough.
  record FenceDirect() implements ClosingStep {}

  /// Return its rest.
  record Close() implements ClosingStep {}

  /// A broken invariant: touch nothing, page somebody.
  record Broken(String why) implements ClosingStep {}

  /// Decides.
  ///
  /// @param still for how long its seq has not moved, by this process's clock
  /// @param closingFor for how long this process has known that no heartbeat is good any more:
  ///   since it first saw it CLOSING, or its last seq if it marked it itself; zero before that
  static ClosingStep of(UnclosedLease lease, Duration still, Duration closingFor, Duration margin) {
    Duration wait = lease.leaseTime().plus(margin);
    return switch (lease.state()) {
      case OPEN -> still.compareTo(wait) >= 0 ? new MarkClosing() : new Wait();
      case CLOSING -> closingFor.compareTo(wait) >= 0 ? afterTheWait(lease) : new Wait();
      case FROZEN, CLOSED -> new Wait();
    };
  }

  private static ClosingStep afterTheWait(UnclosedLease lease) {
    if (lease.partitions() == 0) {
      return new Broken("a lease without partitions");
    }
    if (lease.booked() > lease.slice()) {
      return new Broken("booked " + lease.booked() + " of a slice of " + lease.slice());
    }
    if (lease.fenced() == lease.partitions()) {
      return new Close();
    }
    boolean waitNotNoted = lease.withoutEnd() > 0;
    return switch (lease.logKind()) {
      case KAFKA -> waitNotNoted ? new ReadEnds() : new Wait();
      case INBOX -> waitNotNoted ? new OpenInbox() : new Wait();
      case DIRECT -> new FenceDirect();
    };
  }
}
