package dev.lantern.ordercenter.settle;

import java.time.Instant;

/// When an order that failed by itself is tried again, by its scene's [RetryPolicy]: after 1 s, 2
/// s, 4 s, … up to a minute where the scene names none; after the policy's last try it is parked.
public final class RetrySchedule {
  private RetrySchedule() {}

  /// What to do with an order after one more failure.
  ///
  /// @param tries how many have failed, the one that set the order aside not counted
  public static SetAside after(RetryPolicy policy, int tries, String reason, Instant now) {
    return tries >= policy.maxTries()
        ? new SetAside.ParkAs(reason)
        : new SetAside.RetryAs(reason, now.plus(policy.pauseAfter(tries)));
  }
}
