package dev.lantern.ordercenter.budget;

import java.time.Duration;

/// How much of a budget this instance spends, and from it how large its next slice should be. Not
/// thread-safe: its book guards it.
///
/// The rate is what was taken lately, weighed with a half-life of about a second, and judged at
/// every question, so that it needs no timer. A demand that has just begun has no rate yet: then
/// each slice that is eaten up within a slice's time doubles the next one, and a rain reaches its
/// size within a few grants. The first slice is [#FIRST_UNITS] units of what is asked for.
final class Demand {
  static final int FIRST_UNITS = 64;
  private static final double HALF_LIFE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double LN_2 = Math.log(2);
  private static final long LARGEST_FEN = 1L << 50;

  private final LeaseTerms terms;
  private double weightedFen;
  private long weighedAtNanos;
  private boolean started;
  private long lastSliceFen;
  private long lastGrantNanos;

  Demand(LeaseTerms terms) {
    this.terms = terms;
  }

  void taken(long fen, Moment now) {
    decay(now);
    weightedFen += fen;
  }

  void granted(long sliceFen, Moment now) {
    lastSliceFen = sliceFen;
    lastGrantNanos = now.monotonicNanos();
  }

  /// The slice that would be good to have, for orders of `neededFen` each.
  long wantedFen(long neededFen, Moment now) {
    decay(now);
    long byRate = (long) (fenPerSecond() * terms.sliceSeconds());
    long sinceGrant = now.monotonicNanos() - lastGrantNanos;
    boolean eatenQuickly = sinceGrant < Duration.ofSeconds(terms.sliceSeconds()).toNanos();
    long doubled = lastSliceFen > 0 && eatenQuickly ? lastSliceFen * 2 : 0;
    long first = Math.min(LARGEST_FEN, neededFen * FIRST_UNITS);
    return Math.min(LARGEST_FEN, Math.max(first, Math.max(byRate, doubled)));
  }

  private double fenPerSecond() {
    // A steady rate r under exponential decay weighs r × half-life / ln 2.
    return weightedFen * LN_2 / (HALF_LIFE_NANOS / 1e9);
  }

  private void decay(Moment now) {
    long elapsed = started ? Math.max(0, now.monotonicNanos() - weighedAtNanos) : 0;
    weightedFen *= Math.exp(-LN_2 * elapsed / HALF_LIFE_NANOS);
    weighedAtNanos = now.monotonicNanos();
    started = true;
  }
}
