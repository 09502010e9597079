package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides what an order number turns into, and takes its unit (A2): the main reward, or the
/// fallback where less than the scene's threshold is left of the main one's budget. What its user
/// may not be given any more today is not promised, and its unit put back.
///
/// That comes before any claim, so that a claim that stands was admitted.
final class Choosing {
  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final LeasesByLog leases;
  private final Allowance allowance;

  Choosing(LeasesByLog leases, Allowance allowance) {
    this.leases = leases;
    this.allowance = allowance;
  }

  /// What came of it.
  sealed interface Choice {
    /// Decided; the unit, if it needs one, is ours.
    record Made(Outcome outcome, Optional<Unit> unit) implements Choice {}

    /// There is nothing to promise, and nothing was taken.
    record None(Refusal refusal) implements Choice {}
  }

  /// Chooses.
  ///
  /// @param mode tells where the order's record will go
  /// @param now the moment that the order is accepted at, if it is
  Choice choose(AcceptRequest request, Mode mode, Instant now) {
    return switch (take(request.options(), mode.log())) {
      case Choice.None none -> none;
      case Choice.Made made when isAdmitted(request, made, mode, now) -> made;
      case Choice.Made _ ->
          new Choice.None(
              Refusal.of(Reason.REASON_OVER_DAILY_CAP, "that is all one person may have in a day"));
    };
  }

  private boolean isAdmitted(AcceptRequest request, Choice.Made made, Mode mode, Instant now) {
    boolean admitted = false;
    try {
      admitted = allowance.admits(request, made.outcome(), mode, now);
      return admitted;
    } finally {
      // Also when it is not known.
      if (!admitted) {
        made.unit().ifPresent(leases::putBack);
      }
    }
  }

  private Choice take(Options options, LogName log) {
    if (options.fallback().isPresent() && isUnderThreshold(options)) {
      return take(options.fallback().get(), log);
    }
    Choice main = take(options.main(), log);
    // The failed take has brought fresh figures.
    boolean compensate =
        main instanceof Choice.None && options.fallback().isPresent() && isUnderThreshold(options);
    return compensate ? take(options.fallback().orElseThrow(), log) : main;
  }

  private boolean isUnderThreshold(Options options) {
    return options.thresholdPercent() > 0
        && options.main().needsBudget()
        && leases
            .remaining(options.main().budgetId())
            .filter(remaining -> remaining.isUnder(options.thresholdPercent()))
            .isPresent();
  }

  private Choice take(Outcome outcome, LogName log) {
    if (!outcome.needsBudget()) {
      return new Choice.Made(outcome, Optional.empty());
    }
    return switch (leases.take(outcome.budgetId(), outcome.units(), log)) {
      case Take.Taken(Unit unit) -> new Choice.Made(outcome, Optional.of(unit));
      case Take.SoldOut() ->
          new Choice.None(Refusal.of(Reason.REASON_SOLD_OUT, "the budget is spent"));
      case Take.Busy() ->
          new Choice.None(
              Refusal.of(Reason.REASON_BUDGET_BUSY, "what is left may come back shortly")
                  .retryAfter(COME_BACK));
      case Take.Frozen() ->
          new Choice.None(
              Refusal.of(Reason.REASON_BUDGET_FROZEN, "spending from the budget is stopped"));
    };
  }
}
