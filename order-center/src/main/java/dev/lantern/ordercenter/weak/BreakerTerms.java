package dev.lantern.ordercenter.weak;

import java.time.Duration;

/// The numbers a [Breaker] goes by.
///
/// @param failures so many in a row open it; so many within `window` do if they are half of all
/// @param lasting for how long that must have gone on: one pause, in which many calls are late at
///   once, is no outage
/// @param rest how long it stays open before it is probed
/// @param probes so many good ones in a row close it
/// @param steady who opens again within this after closing has rested too little: its rest doubles
/// @param longestRest to which the rest grows
public record BreakerTerms(
    int failures,
    Duration window,
    Duration lasting,
    Duration rest,
    int probes,
    Duration steady,
    Duration longestRest) {
  public static final BreakerTerms STANDARD =
      new BreakerTerms(
          5,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          3,
          Duration.ofSeconds(10),
          Duration.ofMinutes(1));

  public BreakerTerms {
    if (failures < 1 || probes < 1 || rest.isNegative() || longestRest.compareTo(rest) < 0) {
      throw new IllegalArgumentException("a breaker needs failures, probes and a rest");
    }
  }
}
