package dev.lantern.proving.rain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One round to play.
///
/// @param window users begin within this time of the opening; the rest is for retries
/// @param guests who may play; empty: everyone
public record RoundPlan(
    String sceneId,
    String childId,
    int rainId,
    Instant opens,
    Instant closes,
    Duration window,
    List<Long> guests) {
  public RoundPlan {
    guests = List.copyOf(guests);
  }

  /// Whether only the allow-listed may play.
  public boolean insidersOnly() {
    return !guests.isEmpty();
  }

  boolean admits(long actId) {
    return guests.isEmpty() || guests.contains(actId);
  }
}
