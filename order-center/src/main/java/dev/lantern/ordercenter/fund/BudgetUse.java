package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.budget.BudgetControl.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How much of a budget is used, now and a little earlier, and what its guard says of it.
///
/// @param used booked and parked, less what came back
/// @param before the sample before this one
/// @param aMinuteAgo the oldest sample of the last minute
public record BudgetUse(
    String budgetId,
    long total,
    long used,
    Instant at,
    boolean frozen,
    Guard guard,
    Optional<Sample> before,
    Optional<Sample> aMinuteAgo) {
  private static final double LEAST_SECONDS = 1;
  private static final int PERCENT = 100;

  /// What was used at an instant.
  public record Sample(Instant at, long used) {}

  /// What a guard finds.
  public enum Finding {
    /// Booked faster than the alarm allows.
    FAST,
    /// A larger share in a minute than the alarm allows.
    LARGE_SHARE,
    /// Booked faster than the hard ceiling: to be frozen.
    TOO_FAST
  }

  /// Units a second since the sample before; 0 while there is none.
  public double perSecond() {
    if (before.isEmpty()) {
      return 0;
    }
    double seconds = Duration.between(before.get().at(), at).toNanos() / 1e9;
    return seconds < LEAST_SECONDS ? 0 : (used - before.get().used()) / seconds;
  }

  /// The share of the total that the last minute took, in percent.
  public double percentOfMinute() {
    return total == 0
        ? 0
        : aMinuteAgo.map(sample -> (double) (used - sample.used()) * PERCENT / total).orElse(0.0);
  }

  /// The gravest that the guard finds; nothing where all is well, or the budget is frozen already.
  public Optional<Finding> finding() {
    if (frozen) {
      return Optional.empty();
    }
    if (guard.freezePerSecond() > 0 && perSecond() > guard.freezePerSecond()) {
      return Optional.of(Finding.TOO_FAST);
    }
    if (guard.alarmPerSecond() > 0 && perSecond() > guard.alarmPerSecond()) {
      return Optional.of(Finding.FAST);
    }
    boolean largeShare =
        guard.alarmPercentPerMinute() > 0 && percentOfMinute() > guard.alarmPercentPerMinute();
    return largeShare ? Optional.of(Finding.LARGE_SHARE) : Optional.empty();
  }
}
