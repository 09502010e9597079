package dev.lantern.counterservice.counter;

import java.time.Duration;
import java.time.Instant;

/// A counter as last read.
///
/// The value only rises: a lower one read later comes from a Redis that is behind, and both of them
/// hold lower bounds of the truth, so the higher is always the better.
///
/// What is shown beside it is moved on from what that Redis itself said, by its writers' [Pace]. It
/// is bounded by time, not by a share of the value: two seconds are a third of a counter that is
/// six seconds old, and it is there that people look. So after an abrupt end it may stay above by
/// what those seconds would have brought; the exact value is beside it.
///
/// @param value the highest sum seen
/// @param asOf when Redis was last asked
/// @param source which Redis gave the last answer
/// @param told what it said
public record Reading(long value, Instant asOf, Source source, Level told) {

  public static Reading first(Level told, Instant at, Source source) {
    return new Reading(told.sum(), at, source, told);
  }

  /// This reading followed by another; one that was made earlier only adds its value.
  public Reading then(Level next, Instant at, Source from) {
    long risen = Math.max(value, next.sum());
    return at.isAfter(asOf)
        ? new Reading(risen, at, from, next)
        : new Reading(risen, asOf, source, told);
  }

  /// What to show: the sum that was told, moved on for as long as it is old and for `horizon` at
  /// most; never under the value.
  public long shown(Instant now, Duration horizon) {
    double moved = told.pace().ahead(age(now, horizon));
    long room = Long.MAX_VALUE - told.sum();
    return Math.max(value, told.sum() + Math.min((long) moved, room));
  }

  /// How fast what is shown rises then: who moves it on begins with that.
  public double rise(Instant now, Duration horizon) {
    return told.pace().rise(age(now, horizon));
  }

  private double age(Instant now, Duration horizon) {
    return Math.max(0, Math.min(seconds(Duration.between(asOf, now)), seconds(horizon)));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
