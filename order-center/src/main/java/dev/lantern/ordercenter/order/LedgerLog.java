package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;

/// The ledger in the accept log's place: the inbox (S6), or booking within the call.
///
/// At most one row of a number is ever let in: the ledger's unique key decides, so an instance that
/// goes without claims needs none to keep ONCE.
@FunctionalInterface
public interface LedgerLog {
  /// Writes the order, durably, unless its number is in the ledger already.
  ///
  /// Bounded by the database's statement limit.
  ///
  /// @throws dev.lantern.stores.sql.StoreUnavailableException when nothing was written
  /// @throws dev.lantern.stores.sql.OutcomeUnknownException when that is not known
  Entered enter(AcceptedOrder order);

  /// What came of it.
  sealed interface Entered {
    /// It is written.
    ///
    /// @param state PROCESSING, or what it was booked as
    record Taken(OrderState state) implements Entered {}

    /// An order or an inbox row has the number; nothing was written.
    record Before() implements Entered {}

    /// Its lease may not be counted on any more; nothing was written.
    record LeaseOver() implements Entered {}
  }
}
