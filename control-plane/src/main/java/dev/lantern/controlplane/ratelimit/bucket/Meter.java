package dev.lantern.controlplane.ratelimit.bucket;

import dev.lantern.controlplane.policy.Rate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The arithmetic of a key's count: a leaky bucket used as a meter, which is GCRA written down as a
/// level instead of an arrival time.
///
/// **Exact.** A hit fills `unit`, each microsecond drains `drain`, and at most `capacity` fits: all
/// whole numbers, `unit` and `drain` being the period in microseconds and the count with their
/// common factors taken out. 120,000/s is 25 in and 3 out. No division happens when a call is
/// decided, so nothing is rounded, and everything stays below 2^53, so that Lua's doubles hold it
/// as Java's longs do.
///
/// **The bound.** Let `g(a, b]` be the hits taken between two instants of the store's clock. The
/// level is never above `capacity` after a take and never below 0, so `g(a, b] <= rate * (b - a) +
/// capacity / unit`, in every window, wherever it begins: at a fixed window's border twice the
/// limit can pass, here never more than the limit and one burst.
///
/// **Leases are part of the burst.** A limiter may take more than it has been asked for and spend
/// it up to `lease` later. What is spent in `(a, b]` was then taken in `(a - lease, b]`, at most
/// `rate * (b - a) + rate * lease + capacity / unit` hits. So the capacity of a rule with leases is
/// smaller by `rate * lease` (rounded up): the sum is again the limit and one burst, for any number
/// of limiters, however many of them die, freeze, or never hear what they were given. What is taken
/// and never spent is lost, which makes the limit stricter for a lease's time, never looser. The
/// store's clock alone measures the rate; a limiter's clock only has to run at the right speed for
/// the length of a lease, and [#LEASE_MARGIN] is what it may be wrong by.
///
/// @param unit what a hit fills
/// @param drain what leaves in a microsecond
/// @param capacity the most that may be in it after a take
/// @param leaseNanos how long units may be held by the limiter that took them; 0: not at all
public record Meter(long unit, long drain, long capacity, long leaseNanos) {
  /// The share of a lease that is not used, one in so many: clocks that run 2 % wrong do no harm.
  private static final int LEASE_MARGIN = 50;

  /// After so long, at most, nothing is above a capacity that was made smaller.
  private static final long SETTLED_MICROS = 1_000_000;

  private static final long EXACT = 1L << 53;
  private static final double MICROS = 1e6;

  public Meter {
    if (unit < 1 || drain < 1 || capacity < unit || leaseNanos < 0) {
      throw new IllegalArgumentException("a bucket holds at least one hit and drains");
    }
  }

  /// The meter of a rule. Throws IllegalArgumentException for what cannot be counted exactly, or
  /// when the burst, what leases need taken off, holds no hit.
  public static Meter of(Rate rate, Duration burst, Duration lease) {
    long period = micros(rate.per());
    long common = gcd(period, rate.count());
    long unit = period / common;
    long drain = rate.count() / common;
    long hits = hits(rate, burst, false) - hits(rate, lease, true);
    if (hits < 1) {
      throw new IllegalArgumentException("the burst holds no hit: " + burst + " of " + rate);
    }
    if (drain >= EXACT || hits > EXACT / unit) {
      throw new IllegalArgumentException("too much to be counted exactly: " + rate);
    }
    return new Meter(unit, drain, hits * unit, lease.toNanos());
  }

  /// How many hits fit into an empty bucket.
  public long hits() {
    return capacity / unit;
  }

  /// The most hits that one call may ever get: a bucket full, and what may be held besides.
  public long atOnce() {
    return hits() + yields(leaseNanos);
  }

  /// How many hits fit now.
  public long room(long level) {
    return Math.max(0, Math.floorDiv(capacity - level, unit));
  }

  /// How long until so many hits fit, in microseconds; 0 when they do.
  public long waitMicros(long level, long hits) {
    long over = level + Math.min(hits, hits()) * unit - capacity;
    return over <= 0 ? 0 : Math.ceilDiv(over, drain);
  }

  /// How long until it is empty.
  public long emptyMicros(long level) {
    return Math.ceilDiv(Math.max(0, level), drain);
  }

  /// What is left of a level after so long. What is above the capacity, since the rule was made
  /// stricter, drains within a second: a lower limit does not close a key for as long as the old
  /// one's burst would take at the new rate. It is not gone at once, or two limiters that run an
  /// old and a new revision would together let through what neither allows.
  public long drained(long level, long micros) {
    long idle = Math.max(0, micros);
    if (level > capacity) {
      long above = level - capacity;
      long quick = Math.max(drain, Math.ceilDiv(above, SETTLED_MICROS));
      long settled = Math.ceilDiv(above, quick);
      return idle < settled ? level - idle * quick : drained(capacity, idle - settled);
    }
    // A product that does not fit is more than any level.
    return idle > EXACT / drain ? 0 : Math.max(0, level - idle * drain);
  }

  /// How many hits the rate yields in so long, at most.
  public long yields(long nanos) {
    return (long) (nanos / 1e3 * drain / unit);
  }

  public double perSecond() {
    return drain * MICROS / unit;
  }

  /// For how long after the request for them was sent units may be spent.
  public long spendNanos() {
    return leaseNanos - leaseNanos / LEASE_MARGIN;
  }

  private static long hits(Rate rate, Duration span, boolean up) {
    double hits = rate.perSecond() * span.toNanos() / 1e9;
    // A burst of a whole number of hits is that number, though a double may miss it by a hair.
    double nearest = Math.rint(hits);
    if (Math.abs(hits - nearest) < 1e-6) {
      return (long) nearest;
    }
    return (long) (up ? Math.ceil(hits) : Math.floor(hits));
  }

  private static long micros(Duration per) {
    long micros = TimeUnit.SECONDS.toMicros(per.getSeconds()) + per.getNano() / 1_000;
    if (micros < 1) {
      throw new IllegalArgumentException("a period is at least a microsecond, not " + per);
    }
    return micros;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
