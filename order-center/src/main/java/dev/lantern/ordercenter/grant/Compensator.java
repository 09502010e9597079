package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What follows a definite refusal: the unit is released and something else is given, in one
/// transaction, once.
///
/// What needs budget is counted on a lease that this instance holds itself (L6). A unit is taken
/// before the transaction; it is put back only where that was certainly rolled back. One that is
/// not to be had now is waited for, [#PATIENCE] long; then the order is parked as promised. So is
/// one whose money would be more than its scene allows an order, or its user on a day.
final class Compensator {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String NO_BUDGET = "NO_BUDGET: refused, and no unit was to be had for its fallback";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;
  private static final int REASON_MAX = 200;

  private final GrantStore store;
  private final Leases leases;
  private final GrantWatch watch;

  Compensator(GrantStore store, Leases leases, GrantWatch watch) {
    this.store = store;
    this.leases = leases;
    this.watch = watch;
  }

  void compensate(DueGrant grant, Instant now) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Choice> choice = choose(grant, now);
      if (choice.isEmpty()) {
        later(grant, now);
        return;
      }
      if (isOver(grant, choice.get(), now)) {
        return;
      }
    }
    later(grant, now);
  }

  private boolean isOver(DueGrant grant, Choice choice, Instant now) {
    switch (compensate(grant, choice, now)) {
      case Result.Done() -> watch.ended(grant, choice.isParked() ? "parked" : "compensated");
      case Result.NotMine() -> {
        giveBack(choice);
        watch.ended(grant, "lost");
      }
      case Result.Fenced() -> {
        // Our own lease was closed meanwhile: its unit is gone with it.
        return false;
      }
      // It may have been done, the unit with it; if not, the grant is due again.
      case Result.Unknown() -> watch.ended(grant, "lost");
      case Result.AlreadyThere() -> {
        giveBack(choice);
        watch.page(grant, "what its refusal writes is there already");
      }
      case Result.Refused(String why) -> {
        giveBack(choice);
        if (isLimit(why) && choice.instead() instanceof Instead.Money(Outcome money, _)) {
          return isOver(grant, new Choice(new Instead.Unpaid(money, why), null), now);
        }
        watch.page(grant, why);
      }
    }
    return true;
  }

  private static boolean isLimit(String why) {
    return why.startsWith(DailyCap.CODE) || why.startsWith(FundLimits.OVER_AMOUNT);
  }

  private Result compensate(DueGrant grant, Choice choice, Instant now) {
    try {
      return store.compensate(grant, choice.instead(), now);
    } catch (StoreUnavailableException nothingDone) {
      giveBack(choice);
      throw nothingDone;
    }
  }

  private Optional<Choice> choose(DueGrant grant, Instant now) {
    if (grant.instead().isEmpty()) {
      return Optional.of(new Choice(new Instead.Undecided(refused(grant.detail())), null));
    }
    Outcome outcome = grant.instead().get();
    if (!outcome.needsBudget()) {
      return Optional.of(
          new Choice(
              outcome.isThing() ? new Instead.Thing(outcome, 0) : new Instead.Blessing(outcome),
              null));
    }
    return switch (leases.take(outcome.budgetId(), outcome.units())) {
      case Take.Taken(Unit unit) -> Optional.of(Choice.paid(outcome, unit));
      case Take.SoldOut() -> Optional.of(unpaid(outcome));
      case Take.Busy(), Take.Frozen() ->
          grant.refusedAt().filter(since -> !since.plus(PATIENCE).isAfter(now)).isPresent()
              ? Optional.of(unpaid(outcome))
              : Optional.empty();
    };
  }

  private static String refused(String detail) {
    String why = "REFUSED: " + detail;
    return why.substring(0, Math.min(why.length(), REASON_MAX));
  }

  private static Choice unpaid(Outcome outcome) {
    return new Choice(new Instead.Unpaid(outcome, NO_BUDGET), null);
  }

  private void later(DueGrant grant, Instant now) {
    var _ = store.refused(grant, now, now.plus(LOOK_AGAIN), grant.detail());
    watch.ended(grant, "again");
  }

  private void giveBack(Choice choice) {
    if (choice.unit() != null) {
      leases.putBack(choice.unit());
    }
  }

  private record Choice(Instead instead, @Nullable Unit unit) {
    static Choice paid(Outcome outcome, Unit unit) {
      long lease = unit.leaseId().value();
      return new Choice(
          outcome.isThing() ? new Instead.Thing(outcome, lease) : new Instead.Money(outcome, lease),
          unit);
    }

    boolean isParked() {
      return instead instanceof Instead.Unpaid || instead instanceof Instead.Undecided;
    }
  }
}
