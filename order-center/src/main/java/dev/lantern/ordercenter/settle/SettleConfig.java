package dev.lantern.ordercenter.settle;

import java.time.Duration;

/// The section `settle` of the configuration; only the role `settle` reads it. Defaults lie beside
/// it in YAML, explained there.
public record SettleConfig(
    Duration takeoverAfter,
    Duration touchAfter,
    Duration gather,
    Duration leaseMargin,
    Duration vanishedAfter,
    Duration sweepYoungest,
    Duration sweepRest,
    Duration tallyEvery) {
  /// As the defaults say.
  public static final SettleConfig STANDARD =
      new SettleConfig(
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  public SettleConfig {
    if (touchAfter.multipliedBy(2).compareTo(takeoverAfter) > 0) {
      throw new IllegalArgumentException("touch_after must be at most half of takeover_after");
    }
    if (gather.toMillis() < 1 || gather.toMillis() > 1000) {
      throw new IllegalArgumentException("gather must be 1ms to 1s");
    }
    if (leaseMargin.isNegative() || tallyEvery.toMillis() < 100) {
      throw new IllegalArgumentException("lease_margin is negative or tally_every under 100ms");
    }
  }
}
