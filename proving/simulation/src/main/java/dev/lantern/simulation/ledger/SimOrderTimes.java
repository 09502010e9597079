package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.reconcile.OrderKey;
import dev.lantern.ordercenter.reconcile.OrderTimes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [OrderTimes] over [Tables].
public final class SimOrderTimes implements OrderTimes {
  private final Tables tables;

  public SimOrderTimes(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Map<String, Instant> of(List<OrderKey> orders) {
    Map<String, Instant> times = new HashMap<>();
    for (OrderKey key : orders) {
      OrderEntry order = tables.orders.get(key.orderNo());
      Tables.InboxEntry waiting = tables.inbox.get(key.orderNo());
      if (order != null) {
        Instant booked = order.bookedAt;
        times.put(key.orderNo(), booked != null ? booked : order.acceptedAt());
      } else if (waiting != null) {
        times.put(key.orderNo(), Times.toInstant(waiting.order().getAcceptTime()));
      }
    }
    return times;
  }
}
