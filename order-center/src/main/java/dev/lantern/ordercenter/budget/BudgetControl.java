package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.operator.OperatorRequest;
import java.util.List;
import java.util.Optional;

/// Changes budgets (L8). Each call is one transaction; throws
/// [dev.lantern.stores.sql.StoreException].
public interface BudgetControl {
  /// Makes one adjustment, once however often it is asked for.
  ///
  /// @param amount for top-ups and cuts
  Adjusted adjust(OperatorRequest request, String budgetId, Adjustment adjustment, long amount);

  /// Replaces a budget's guard.
  Adjusted guard(OperatorRequest request, String budgetId, Guard guard);

  /// Freezes a budget that is booked faster than its guard allows; false when it was frozen.
  boolean freezeByGuard(String budgetId, String why);

  /// Takes from what has come back to budgets with a pending cut; returns what was taken where.
  List<Taken> applyPendingCuts();

  /// What is asked for.
  enum Adjustment {
    TOP_UP,
    CUT,
    FREEZE,
    UNFREEZE
  }

  /// How fast a budget may be booked; 0: as fast as it likes.
  record Guard(long alarmPerSecond, int alarmPercentPerMinute, long freezePerSecond) {
    public static final Guard NONE = new Guard(0, 0, 0);
  }

  /// What was taken of a pending cut.
  record Taken(String budgetId, long amount, long stillPending) {}

  /// What came of it.
  sealed interface Adjusted {
    /// It is done, at once or earlier; the rest of a cut is pending.
    record Done(long applied, boolean replayed) implements Adjusted {}

    /// The request's id was used for another one.
    record Reused() implements Adjusted {}

    record NoBudget() implements Adjusted {}

    /// More than `largest`, what is free and leased, was to be cut.
    record TooLarge(long largest) implements Adjusted {}
  }

  /// A budget's standing before a change.
  ///
  /// @param leased what unclosed leases hold and nobody has used
  record Before(long total, long free, long leased, boolean frozen, long pendingCut) {

    /// What the adjustment makes of it; empty when too much is to be cut.
    ///
    /// A cut takes what is free; the rest is pending. An earlier cut that is still pending counts
    /// against what can be cut. A top-up serves a pending cut first: two opposite wishes meet.
    public Optional<After> after(Adjustment adjustment, long amount) {
      return switch (adjustment) {
        case TOP_UP -> Optional.of(new After(total, free, frozen, pendingCut).added(amount));
        case CUT ->
            amount > free + leased - pendingCut
                ? Optional.empty()
                : Optional.of(
                    new After(total, free, frozen, Math.addExact(pendingCut, amount)).settled());
        case FREEZE -> Optional.of(new After(total, free, true, pendingCut));
        case UNFREEZE -> Optional.of(new After(total, free, false, 0));
      };
    }
  }

  /// And after it.
  record After(long total, long free, boolean frozen, long pendingCut) {
    /// The same, what is free having served what is pending.
    public After settled() {
      long now = Math.min(free, pendingCut);
      return new After(total - now, free - now, frozen, pendingCut - now);
    }

    private After added(long amount) {
      return new After(
              Math.addExact(total, amount), Math.addExact(free, amount), frozen, pendingCut)
          .settled();
    }
  }
}
