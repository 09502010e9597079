package dev.lantern.ordercenter.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Budgets and leases as operators see and steer them. Each call is one snapshot or one
/// transaction; throws [dev.lantern.stores.sql.StoreException].
public interface BudgetReader {
  Optional<Figures> figures(String budgetId);

  /// Budgets with an id above `after`, by id, at most `limit`, all at one instant.
  ///
  /// @param activityId only those of this parent activity; empty: all
  List<Named> list(String activityId, String after, int limit);

  /// What was used of a budget some time ago; empty while that is not known.
  ///
  /// @param within how long ago at most
  Optional<Sample> sampleOf(String budgetId, Instant now, Duration within);

  /// Leases with an id below `before`, newest first, at most `limit`.
  List<LeaseView> leases(String budgetId, long before, int limit);

  /// A budget, all of it at one instant: `total = free + leased + booked + parked`.
  record Figures(
      String activityId,
      long total,
      long free,
      long leased,
      long booked,
      long parked,
      int openLeases,
      boolean frozen,
      long pendingCut,
      BudgetControl.Guard guard) {
    /// What nobody else can have any more: booked and parked, less what came back.
    public long used() {
      return booked + parked;
    }
  }

  /// A budget with its id.
  record Named(String budgetId, Figures figures) {}

  /// What was used of a budget at an instant.
  record Sample(Instant at, long used) {}

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
      int partitions,
      Optional<Instant> windowEndedAt) {}
}
