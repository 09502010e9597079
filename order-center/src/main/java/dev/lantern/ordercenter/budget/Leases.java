package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import java.util.Optional;

/// This instance's own budget leases, as accept and settle spend them. Safe for many threads.
public interface Leases {
  /// Takes from a lease of one's own whose records go where this instance's usually go. May wait
  /// for a grant that is under way, briefly and bounded.
  Take take(String budgetId, Fen amount);

  /// Gives back a unit whose record was *never sent*. A unit that was, or may have been, is never
  /// put back: it returns when its lease closes (L3).
  void putBack(Unit unit);

  /// Whether an order on this unit may still be answered: now, by both clocks, is before the
  /// lease's deadline (L2).
  boolean mayAnswer(Unit unit);

  /// What is left of a budget, as far as this instance knows: the last free figure and the rest of
  /// its own leases. Empty when the budget is unknown.
  Optional<Remaining> remaining(String budgetId);

  /// What is left of `total`.
  record Remaining(Fen total, Fen left) {
    /// Whether less than `percent` of the total is left.
    public boolean isUnder(int percent) {
      return Math.multiplyExact(left.value(), 100L) < Math.multiplyExact(total.value(), percent);
    }
  }
}
