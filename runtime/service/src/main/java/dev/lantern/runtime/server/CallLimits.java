package dev.lantern.runtime.server;

import java.time.Duration;

/// The bounds of each call and of all together; see [ServerConfig].
public record CallLimits(
    int maxMessageBytes, Duration defaultDeadline, Duration maxDeadline, int maxConcurrentCalls) {

  /// The product's defaults.
  public static CallLimits defaults() {
    return new CallLimits(65_536, Duration.ofSeconds(1), Duration.ofSeconds(10), 2000);
  }
}
