package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;

/// Reads what the ledger has of one order: its row, or its record in the inbox. One bounded read of
/// both at one instant; throws [dev.lantern.stores.sql.StoreException].
@FunctionalInterface
public interface OrderReader {
  Found find(OrderNo orderNo);

  /// What was found.
  sealed interface Found {
    /// A row: booked, parked, retried or discarded.
    record Row(OrderRow row) implements Found {}

    /// Durable in the inbox, not booked yet.
    record Waiting(AcceptedOrder order) implements Found {}

    /// Neither, when it was read.
    record Nothing() implements Found {}
  }
}
