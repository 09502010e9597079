package dev.lantern.ordercenter.budget;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Budgets and leases as operators see and steer them. Each call is one snapshot or one
/// transaction; throws [dev.lantern.stores.sql.StoreException].
public interface BudgetReader {
  Optional<Figures> figures(String budgetId);

  /// Leases with an id below `before`, newest first, at most `limit`.
  List<LeaseView> leases(String budgetId, long before, int limit);

  /// Marks every open lease CLOSING and notes who asked; returns how many, and how many are left
  /// unclosed.
  Closing closeLeases(String budgetId, String actor, String requestId, String reason);

  /// A budget, all of it at one instant: `total = free + leased + booked + parked`.
  record Figures(long total, long free, long leased, long booked, long parked, int openLeases) {}

  /// A lease with what is booked and parked under it.
  record LeaseView(
      long leaseId,
      String holder,
      long slice,
      long booked,
      LeaseState state,
      String log,
      Instant createdAt,
      int fencedPartitions,
      int partitions) {}

  /// What closing did.
  record Closing(int marked, int unclosed) {}
}
