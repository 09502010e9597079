package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// The ledger's side of leases: tables `budgets`, `budget_leases`, `lease_booked`.
///
/// Each call is one transaction or one statement, bounded by the database's statement limit. It
/// throws [dev.lantern.stores.sql.StoreUnavailableException] when nothing was done, and
/// [dev.lantern.stores.sql.OutcomeUnknownException] when that is not known.
public interface LeaseStore {
  /// Grants a slice, or says what is there instead (L1).
  Granting grant(GrantRequest request);

  /// One heartbeat for each of these leases of the holder's; returns those that are still OPEN. A
  /// lease not among them gets no more time, ever.
  Set<LeaseId> heartbeat(String holder, Collection<LeaseId> leases);

  /// Returns what was never taken of a lease and marks it CLOSING, in one step that happens at most
  /// once (L3).
  void retire(LeaseId lease, Fen rest);

  /// Whether all of these leases are CLOSED; a lease that is unknown is a closed one.
  boolean allClosed(Collection<Long> leases);

  /// The budgets of these ids, as far as they exist.
  Map<String, Standing> standings(Collection<String> budgetIds);

  /// A slice wanted.
  ///
  /// @param needed what the order at hand needs: less is no use
  /// @param wanted how much would be good to have
  /// @param shareOfFree at most one such part of what is free is granted, but `needed` if that is
  ///   more
  record GrantRequest(
      LeaseId leaseId,
      String budgetId,
      String holder,
      Fen needed,
      Fen wanted,
      int shareOfFree,
      LogName log,
      Duration leaseTime) {
    /// The slice this request gets out of `free`; zero when there is not enough.
    public Fen sliceOf(Fen free) {
      if (free.compareTo(needed) < 0) {
        return Fen.ZERO;
      }
      long share = Math.max(free.value() / shareOfFree, needed.value());
      return Fen.of(Math.min(share, Math.max(wanted.value(), needed.value())));
    }
  }

  /// What the ledger says of a budget.
  ///
  /// @param unclosed how many of its leases are not CLOSED
  /// @param frozen nothing is granted, and nothing is to be spent of what was
  record Standing(Fen total, Fen free, int unclosed, boolean frozen) {
    public Standing(Fen total, Fen free, int unclosed) {
      this(total, free, unclosed, false);
    }
  }

  /// What came of a grant.
  sealed interface Granting {
    Standing standing();

    /// The lease exists with this slice; `standing` is after it.
    record Granted(Fen slice, Standing standing) implements Granting {}

    /// Less is free than needed, or the budget is frozen; nothing was changed.
    record TooLittle(Standing standing) implements Granting {}

    /// There is no such budget.
    record NoBudget() implements Granting {
      @Override
      public Standing standing() {
        return new Standing(Fen.ZERO, Fen.ZERO, 0);
      }
    }
  }
}
