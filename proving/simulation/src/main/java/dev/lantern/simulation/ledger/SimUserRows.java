package dev.lantern.simulation.ledger;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.accounting.UserForcing.SetAsideRows;
import dev.lantern.ordercenter.accounting.UserForcing.WaitingRows;
import dev.lantern.ordercenter.settle.RecordReader;
import java.util.Comparator;

/// What is read of one user who is settled by call.
public final class SimUserRows {
  private SimUserRows() {}

  public static WaitingRows waiting(Tables tables) {
    return (actId, limit) ->
        tables.inbox.values().stream()
            .filter(row -> row.order().getActId() == actId)
            .sorted(Comparator.comparingLong(Tables.InboxEntry::arrived))
            .limit(limit)
            .map(row -> RecordReader.promise(row.order(), row.order().toByteString()))
            .toList();
  }

  public static SetAsideRows setAside(Tables tables) {
    return (actId, limit) ->
        tables.orders.values().stream()
            .filter(order -> order.actId() == actId)
            .filter(order ->
                order.state() == OrderState.ORDER_STATE_PARKED
                    || order.state() == OrderState.ORDER_STATE_RETRYING)
            .sorted(Comparator.comparing(OrderEntry::acceptedAt))
            .limit(limit)
            .map(SimBookingStore::setAside)
            .toList();
  }
}
