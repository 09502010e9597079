package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.OrderReader.Found;
import java.util.Map;
import java.util.Optional;

/// Inbox and direct booking over one map of numbers: who is first is in.
record MemoryLedgerLog(Map<OrderNo, Found> rows) {
  LedgerLog.Entered inbox(AcceptedOrder order) {
    return enter(order, new Found.Waiting(order), OrderState.ORDER_STATE_PROCESSING);
  }

  LedgerLog.Entered direct(AcceptedOrder order) {
    OrderState booked = OrderState.ORDER_STATE_SUCCESS;
    return enter(order, new Found.Row(row(order, booked)), booked);
  }

  private LedgerLog.Entered enter(AcceptedOrder order, Found found, OrderState state) {
    return rows.putIfAbsent(number(order), found) == null
        ? new LedgerLog.Entered.Taken(state)
        : new LedgerLog.Entered.Before();
  }

  private static OrderNo number(AcceptedOrder order) {
    return OrderNo.parse(order.getOrderNo()).orElseThrow();
  }

  private static OrderRow row(AcceptedOrder order, OrderState state) {
    return new OrderRow(
        number(order),
        order.getActivityId(),
        order.getChildActivityId(),
        Outcome.of(order.getOutcome()),
        Fen.of(order.getRequestedAmountFen()),
        order.getLeaseId(),
        order.getLeaseId(),
        0,
        new Fingerprint(order.getFingerprint()),
        state,
        Optional.empty(),
        order.getAppId(),
        order.getTokenKeyId(),
        Times.toInstant(order.getOpenTime()),
        Times.toInstant(order.getAcceptTime()),
        Optional.of(Times.toInstant(order.getAcceptTime())));
  }
}
