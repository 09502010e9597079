package dev.lantern.ordercenter.campaign;

import java.time.Duration;

/// What a scene does when its main reward cannot be given as it should: another one, and how often
/// to try.
///
/// @param thresholdPercent below this share of the budget's total the fallback is given; 0: never
public record Compensation(int thresholdPercent, Fallback fallback, Retry retry) {
  public static final Compensation NONE = new Compensation(0, new Fallback.None(), Retry.STANDARD);

  /// What is given instead.
  public sealed interface Fallback {
    /// Nothing: the main reward until the budget is empty.
    record None() implements Fallback {}

    /// Another reward of the same child.
    record OtherReward(String rewardId) implements Fallback {}

    /// A blessing, which needs no budget.
    record Message(String text) implements Fallback {}
  }

  /// How an order that could not be finished is tried again, before it is parked.
  ///
  /// @param firstBackoff the pause before the second try; it doubles from try to try
  /// @param maxBackoff the longest pause
  public record Retry(int maxTries, Duration firstBackoff, Duration maxBackoff) {
    public static final Retry STANDARD =
        new Retry(8, Duration.ofSeconds(1), Duration.ofSeconds(60));
  }
}
