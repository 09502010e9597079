package dev.lantern.sdk.call;

import java.time.Duration;

/// How one call is retried.
///
/// @param attempts all tries, the first included, 1 to 20
/// @param firstWait before the second try when the server says nothing; doubled for each further
/// @param longestWait what it is doubled up to
/// @param patience for all tries together; no wait and no patience is longer than a day
public record RetryRules(
    int attempts, Duration firstWait, Duration longestWait, Duration patience) {
  private static final Duration MOST = Duration.ofDays(1);

  public static final RetryRules USUAL =
      new RetryRules(5, Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(10));

  public RetryRules {
    if (attempts < 1 || attempts > 20) {
      throw new IllegalArgumentException("1 to 20 attempts");
    }
    if (!firstWait.isPositive() || longestWait.compareTo(firstWait) < 0 || !patience.isPositive()) {
      throw new IllegalArgumentException("waits are positive, and the longest the longer");
    }
    if (longestWait.compareTo(MOST) > 0 || patience.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a day is enough");
    }
  }
}
