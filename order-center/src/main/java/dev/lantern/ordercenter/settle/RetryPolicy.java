package dev.lantern.ordercenter.settle;

import java.time.Duration;

/// How an order that cannot be finished is tried again, before it is parked.
///
/// @param maxTries after so many an operator must look
/// @param first the pause before the second try; it doubles from try to try
/// @param longest the longest pause
public record RetryPolicy(int maxTries, Duration first, Duration longest) {
  /// That of a scene that names none.
  public static final RetryPolicy STANDARD =
      new RetryPolicy(8, Duration.ofSeconds(1), Duration.ofMinutes(1));

  /// 2^30 times the shortest pause is longer than any pause may be.
  private static final int MOST_DOUBLINGS = 30;

  public RetryPolicy {
    if (maxTries < 1 || first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("tries from 1, pauses from above 0 and rising");
    }
  }

  /// The pause after so many failed tries, from 0 on.
  Duration pauseAfter(int tries) {
    Duration doubled = first.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
