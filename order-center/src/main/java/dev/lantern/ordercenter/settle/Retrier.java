package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.util.Optional;

/// Books RETRYING orders when they are due (S4). What fails again is put off with a growing delay,
/// and parked after as many tries as its scene allows.
///
/// An order whose unit no lease has counted takes one of this process's own first (L6): it was
/// parked because there was none. What cannot be booked however often it is tried is parked at
/// once.
///
/// Any number of retriers may run: booking is conditional on the row as it was read. Called about
/// once a second; at most [#AT_ONCE] orders a call.
public final class Retrier {
  static final int AT_ONCE = 50;
  static final String NO_BUDGET = "NO_BUDGET: no unit is to be had";

  private final BookingStore store;
  private final Leases leases;
  private final Clock clock;
  private final RetryPolicies policies;

  /// A retrier over a ledger whose scenes all have the standard policy.
  ///
  /// @param leases this process's own
  public Retrier(BookingStore store, Leases leases, Clock clock) {
    this(store, leases, clock, RetryPolicies.NONE);
  }

  /// A retrier over a ledger.
  ///
  /// @param leases this process's own
  public Retrier(BookingStore store, Leases leases, Clock clock, RetryPolicies policies) {
    this.store = store;
    this.leases = leases;
    this.clock = clock;
    this.policies = policies;
  }

  public void tick() {
    store.due(clock.now().wall(), AT_ONCE).forEach(this::retry);
  }

  private void retry(SetAsideOrder order) {
    switch (attempt(order)) {
      // Unknown: if it was not committed the row is due again.
      case Attempt.Booked(), Attempt.Changed(), Attempt.Unknown() -> {}
      case Attempt.Failed(String why) ->
          store.putOff(
              order,
              RetrySchedule.after(
                  policies.of(order),
                  order.tries() + 1,
                  order.reasonWith(why),
                  clock.now().wall()));
      case Attempt.Hopeless(String why) -> store.putOff(order, new SetAside.ParkAs(why));
    }
  }

  /// Tries one order now, due or not, and leaves its row alone if that fails; true when it is
  /// booked by this call.
  public boolean bookNow(SetAsideOrder order) {
    return attempt(order) instanceof Attempt.Booked;
  }

  private Attempt attempt(SetAsideOrder order) {
    Optional<String> flaw = flaw(order);
    if (flaw.isPresent()) {
      return new Attempt.Hopeless(flaw.get());
    }
    if (!order.needsUnit()) {
      return book(order, Optional.empty());
    }
    Take take = leases.take(order.budgetId(), Fen.of(order.units()));
    return switch (take) {
      case Take.Taken(Unit unit) ->
          book(order.chargedTo(unit.leaseId().value()), Optional.of(unit));
      case Take.SoldOut _, Take.Busy _, Take.Frozen _ -> new Attempt.Failed(NO_BUDGET);
    };
  }

  /// What no retry mends.
  private static Optional<String> flaw(SetAsideOrder order) {
    if (order.given() == AwardType.AWARD_TYPE_MESSAGE || order.thing()) {
      return Optional.empty();
    }
    if (order.purse().isEmpty()) {
      return Optional.of("AWARD_TYPE: nothing here books " + order.given());
    }
    return order.amountFen() <= 0 || order.budgetId().isEmpty()
        ? Optional.of("AMOUNT: money without an amount or a budget")
        : Optional.empty();
  }

  private Attempt book(SetAsideOrder order, Optional<Unit> unit) {
    try {
      return switch (store.resume(order, clock.now().wall())) {
        case BookingStore.Result.Done() -> new Attempt.Booked();
        case BookingStore.Result.NotMine() -> unused(unit, new Attempt.Changed());
        // The unit may have been used.
        case BookingStore.Result.Unknown() -> new Attempt.Unknown();
        case BookingStore.Result.AlreadyThere() ->
            unused(unit, new Attempt.Failed("POSTED_ALREADY"));
        // A lease of ours that was closed meanwhile has taken its unit with it.
        case BookingStore.Result.Fenced() -> new Attempt.Failed("FENCED");
        case BookingStore.Result.Refused(String why) ->
            unused(
                unit,
                why.startsWith(DailyCap.CODE)
                    ? new Attempt.Hopeless(why)
                    : new Attempt.Failed(why));
      };
    } catch (StoreUnavailableException unavailable) {
      return unused(unit, new Attempt.Failed("UNAVAILABLE"));
    }
  }

  private Attempt unused(Optional<Unit> unit, Attempt attempt) {
    unit.ifPresent(leases::putBack);
    return attempt;
  }

  /// What came of trying to book.
  private sealed interface Attempt {
    record Booked() implements Attempt {}

    /// Somebody else has changed the row.
    record Changed() implements Attempt {}

    record Unknown() implements Attempt {}

    record Failed(String why) implements Attempt {}

    /// No further try will fare better.
    record Hopeless(String why) implements Attempt {}
  }
}
