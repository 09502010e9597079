package dev.lantern.runtime.server;

import java.util.concurrent.atomic.LongAdder;

/// How busy a server is, in per cent of the calls it may serve at once; over 100 when it was asked
/// for more.
///
/// By Little's law the mean number of calls under way is the time that calls took, by the time that
/// passed: two counters, and nothing to lock. A call counts when it ends, which its deadline
/// bounds. Where calls were refused, what was asked for counts, not what was served: a full house
/// looks the same however long the queue outside is.
public final class Busy {
  static final int MOST = 1000;

  private final LongAdder heldNanos = new LongAdder();
  private final LongAdder served = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile int capacity = Integer.MAX_VALUE;
  private long sinceNanos = System.nanoTime();

  void capacity(int calls) {
    capacity = calls;
  }

  void served(long nanos) {
    heldNanos.add(nanos);
    served.increment();
  }

  void refused() {
    refused.increment();
  }

  /// Since it was last asked. One reader.
  public int percent() {
    return percent(System.nanoTime());
  }

  synchronized int percent(long nowNanos) {
    long elapsed = Math.max(1, nowNanos - sinceNanos);
    sinceNanos = nowNanos;
    double underWay = (double) heldNanos.sumThenReset() / elapsed;
    long done = served.sumThenReset();
    long turnedAway = refused.sumThenReset();
    double percent = 100 * underWay / capacity;
    if (turnedAway > 0) {
      percent = Math.max(percent, 100.0 * (done + turnedAway) / Math.max(1, done));
    }
    return (int) Math.min(MOST, Math.round(percent));
  }
}
