package dev.lantern.ordercenter.inquiry;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the ledger has of a user's orders, all at one instant. Bounded reads; throws
/// [dev.lantern.stores.sql.StoreException].
@FunctionalInterface
public interface UserOrders {
  /// What follows a place of the list, and what may belong there.
  ///
  /// @param after the place of the last one given
  /// @param limit of rows
  /// @param promised numbers that are outstanding elsewhere: which of them are in the books?
  Found read(OrderScope scope, Optional<OrderPlace> after, int limit, Collection<String> promised);

  /// What was found.
  ///
  /// @param rows after that place, in the list's order
  /// @param waiting in the inbox, whatever their place
  /// @param booked numbers of those promised or waiting that have a row
  record Found(List<ListedOrder> rows, List<ListedOrder> waiting, Set<String> booked) {
    public Found {
      rows = List.copyOf(rows);
      waiting = List.copyOf(waiting);
      booked = Set.copyOf(booked);
    }
  }
}
