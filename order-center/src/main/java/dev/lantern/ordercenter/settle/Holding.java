package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;

/// A partition that this process books now, and how that goes.
///
/// `claim`, `lastMoved` and `leaving` are shared with the keeper; the rest belongs to the booking
/// thread.
final class Holding {
  /// How many groups are checked against the books before the first insert, after the partition
  /// changed hands and after each group that held a duplicate (S3).
  private static final int LOOK_FIRST_GROUPS = 8;

  private static final Duration LONGEST_REST = Duration.ofSeconds(2);
  private static final int HALVE_AFTER = 3;

  private final Claim claim;
  private volatile Moment lastMoved;
  private volatile boolean leaving;

  private boolean placed;
  private long nextOffset;
  private int lookFirst = LOOK_FIRST_GROUPS;
  private int failures;
  private long restUntilNanos;

  Holding(Claim claim, Moment now) {
    this.claim = claim;
    this.lastMoved = now;
    this.restUntilNanos = now.monotonicNanos();
  }

  Claim claim() {
    return claim;
  }

  PartitionId id() {
    return claim.id();
  }

  Moment lastMoved() {
    return lastMoved;
  }

  /// Its row's seq has moved.
  void moved(Moment now) {
    lastMoved = now;
  }

  boolean isLeaving() {
    return leaving;
  }

  /// It is to be given up at the next turn.
  void leave() {
    leaving = true;
  }

  boolean isPlaced() {
    return placed;
  }

  /// Whether it is to be read again from where its row stands.
  boolean isDue(Moment now) {
    return !placed && now.monotonicNanos() - restUntilNanos >= 0;
  }

  void placeAt(long offset) {
    nextOffset = offset;
    placed = true;
  }

  long nextOffset() {
    return nextOffset;
  }

  GroupBooking.Manner manner() {
    return new GroupBooking.Manner(lookFirst > 0, failures >= HALVE_AFTER);
  }

  /// A group is committed up to `next`.
  void booked(long next, boolean sawDuplicates, Moment now) {
    nextOffset = next;
    failures = 0;
    lookFirst = sawDuplicates ? LOOK_FIRST_GROUPS : Math.max(0, lookFirst - 1);
    moved(now);
  }

  /// The store could not do it; again from the row after a rest that doubles.
  void failed(Moment now) {
    Duration rest = Duration.ofMillis(50L << Math.min(failures, 6));
    failures++;
    restFor(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST, now);
  }

  /// Nothing is read until the rest is over; then again from the row.
  void restFor(Duration rest, Moment now) {
    placed = false;
    lookFirst = LOOK_FIRST_GROUPS;
    restUntilNanos = now.monotonicNanos() + rest.toNanos();
  }
}
