package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Moment;

/// How many calls may be repetitions: a tenth of the first calls of the last ten seconds, and a
/// floor so that a quiet downstream's rows still move. Without it a downstream that falters gets
/// more calls the worse it does.
///
/// Ten buckets of a second each; safe for threads.
final class RetryBudget {
  private static final int BUCKETS = 10;
  private static final long SECOND = 1_000_000_000L;

  private final double share;
  private final int floorPerSecond;
  private final long[] firsts = new long[BUCKETS];
  private final long[] repeats = new long[BUCKETS];
  private long second = Long.MIN_VALUE;

  /// An unspent budget.
  ///
  /// @param share of first calls, 0 to 1
  RetryBudget(double share, int floorPerSecond) {
    this.share = share;
    this.floorPerSecond = floorPerSecond;
  }

  synchronized void first(Moment now) {
    turnTo(now);
    firsts[bucket(second)]++;
  }

  /// Whether one more repetition is within the budget; then it is counted.
  synchronized boolean repeat(Moment now) {
    turnTo(now);
    long allowed = (long) (sum(firsts) * share) + (long) floorPerSecond * BUCKETS;
    if (sum(repeats) >= allowed) {
      return false;
    }
    repeats[bucket(second)]++;
    return true;
  }

  private void turnTo(Moment now) {
    long current = Math.floorDiv(now.monotonicNanos(), SECOND);
    long passed = second == Long.MIN_VALUE ? BUCKETS : current - second;
    for (long i = 0; i < Math.min(passed, BUCKETS); i++) {
      firsts[bucket(current - i)] = 0;
      repeats[bucket(current - i)] = 0;
    }
    second = Math.max(second, current);
  }

  private static int bucket(long second) {
    return (int) Math.floorMod(second, (long) BUCKETS);
  }

  private static long sum(long[] buckets) {
    long sum = 0;
    for (long bucket : buckets) {
      sum += bucket;
    }
    return sum;
  }
}
