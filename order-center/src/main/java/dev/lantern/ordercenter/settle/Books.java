package dev.lantern.ordercenter.settle;

import java.util.Map;
import java.util.Set;

/// What was found in the books about a group's order numbers.
///
/// @param orders by order number
public record Books(Map<String, KnownOrder> orders, Set<ConflictKey> conflicts) {
  /// Nothing was looked up, or nothing was there: the insert will tell (S3).
  public static final Books UNREAD = new Books(Map.of(), Set.of());

  public Books {
    orders = Map.copyOf(orders);
    conflicts = Set.copyOf(conflicts);
  }
}
