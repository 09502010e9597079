package dev.lantern.controlplane.ratelimit.decide;

/// How many hits come in a window, by the last one and the one under way.
final class Demand {
  private final long windowNanos;
  private long begunNanos;
  private long current;
  private long previous;

  Demand(long windowNanos, long nowNanos) {
    this.windowNanos = Math.max(1, windowNanos);
    this.begunNanos = nowNanos;
  }

  void add(long hits, long nowNanos) {
    long past = nowNanos - begunNanos;
    if (past >= windowNanos) {
      previous = past < 2 * windowNanos ? current : 0;
      current = 0;
      begunNanos = nowNanos;
    }
    current += hits;
  }

  /// What another window will bring, if it is like the last.
  long expected() {
    return Math.max(previous, current);
  }
}
