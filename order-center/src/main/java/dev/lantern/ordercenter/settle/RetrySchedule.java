package dev.lantern.ordercenter.settle;

import java.time.Duration;
import java.time.Instant;

/// When an order that failed by itself is tried again: after 1 s, 2 s, 4 s, … up to a minute; after
/// the eighth try it is parked.
public final class RetrySchedule {
  static final int TRIES = 8;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private RetrySchedule() {}

  /// What to do with an order after one more failure.
  ///
  /// @param tries how many have failed, the one that set the order aside not counted
  public static SetAside after(int tries, String reason, Instant now) {
    if (tries >= TRIES) {
      return new SetAside.ParkAs(reason);
    }
    Duration wait = FIRST.multipliedBy(1L << tries);
    return new SetAside.RetryAs(reason, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
  }
}
