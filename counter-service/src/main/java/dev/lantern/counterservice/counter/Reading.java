package dev.lantern.counterservice.counter;

import java.time.Duration;
import java.time.Instant;

/// A counter as last read, and how fast it was rising.
///
/// The value only rises: a lower one read later comes from a Redis that is behind, and both of them
/// hold lower bounds of the truth, so the higher is always the better.
///
/// The rate is smoothed by halves. Writers flush once a second and we read once a second, so the
/// two beat against each other, and a single difference is anything between nothing and twice the
/// truth.
///
/// @param value the highest sum seen
/// @param asOf when Redis was last asked
/// @param source which Redis gave the last answer
/// @param perSecond the smoothed rate
public record Reading(long value, Instant asOf, Source source, double perSecond) {

  private static final double NEWEST_WEIGHT = 0.5;

  /// The most that is shown beyond the value: a hundredth of it.
  private static final double SHOWN_BEYOND = 0.01;

  public static Reading first(long value, Instant at, Source source) {
    return new Reading(value, at, source, 0);
  }

  /// This reading followed by another.
  public Reading then(long read, Instant at, Source from) {
    long risen = Math.max(value, read);
    double seconds = Duration.between(asOf, at).toNanos() / 1e9;
    if (seconds <= 0) {
      return new Reading(risen, asOf, from, perSecond);
    }
    double newest = (risen - value) / seconds;
    double smoothed = NEWEST_WEIGHT * newest + (1 - NEWEST_WEIGHT) * perSecond;
    return new Reading(risen, at, from, smoothed);
  }

  /// The value moved on at its rate for as long as it is old, `horizon` at most, and never by more
  /// than a hundredth: when the rain stops, what was shown stays at most that much above what was
  /// counted.
  public long shown(Instant now, Duration horizon) {
    double age = Math.min(seconds(Duration.between(asOf, now)), seconds(horizon));
    if (age <= 0) {
      return value;
    }
    long ahead = (long) Math.min(perSecond * age, value * SHOWN_BEYOND);
    return value + Math.min(ahead, Long.MAX_VALUE - value);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
