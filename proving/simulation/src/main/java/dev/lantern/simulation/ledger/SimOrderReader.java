package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.OrderReader;

/// [OrderReader] over [Tables].
public final class SimOrderReader implements OrderReader {
  private final Tables tables;

  public SimOrderReader(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Found find(OrderNo orderNo) {
    OrderEntry order = tables.orders.get(orderNo.text());
    if (order != null) {
      return new Found.Row(order.read());
    }
    Tables.InboxEntry waiting = tables.inbox.get(orderNo.text());
    return waiting == null ? new Found.Nothing() : new Found.Waiting(waiting.order());
  }
}
