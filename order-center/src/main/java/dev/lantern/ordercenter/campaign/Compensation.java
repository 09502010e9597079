package dev.lantern.ordercenter.campaign;

/// What a scene gives when the main reward's budget runs low.
///
/// @param thresholdPercent below this share of the budget's total the fallback is given; 0: never
public record Compensation(int thresholdPercent, Fallback fallback) {
  public static final Compensation NONE = new Compensation(0, new Fallback.None());

  /// What is given instead.
  public sealed interface Fallback {
    /// Nothing: the main reward until the budget is empty.
    record None() implements Fallback {}

    /// Another reward of the same child.
    record OtherReward(String rewardId) implements Fallback {}

    /// A blessing, which needs no budget.
    record Message(String text) implements Fallback {}
  }
}
