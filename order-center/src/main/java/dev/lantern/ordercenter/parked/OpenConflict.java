package dev.lantern.ordercenter.parked;

import dev.lantern.ordercenter.settle.Promise;

/// A promise beside an order that nobody has decided about.
///
/// @param key its place among what is set aside
/// @param countedLease the lease that counts its unit; 0 when none does
/// @param seq the row as it was read
public record OpenConflict(
    ParkedItem.Key key, Promise promise, int partition, long countedLease, long seq) {
  public boolean needsUnit() {
    return countedLease == 0 && promise.outcome().needsBudget();
  }
}
