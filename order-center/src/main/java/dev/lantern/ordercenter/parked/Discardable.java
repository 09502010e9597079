package dev.lantern.ordercenter.parked;

import dev.lantern.ordercenter.settle.KnownOrder;

/// Something set aside, as it was read: what ending it is conditional on.
///
/// @param promise of a conflict: its fingerprint and outcome; empty for the order itself
/// @param units what goes back to the budget; 0 when no lease has counted any
/// @param order what its token, if there is one, promises
/// @param seq the row as it was read
public record Discardable(
    long actId,
    String orderNo,
    String promise,
    int partition,
    String budgetId,
    long units,
    long countedLease,
    KnownOrder order,
    int state,
    long seq) {
  /// The name under which its unit is released, once for ever (L3).
  public String releaseName() {
    return promise.isEmpty() ? orderNo : orderNo + "!" + ConflictId.of(promise);
  }
}
