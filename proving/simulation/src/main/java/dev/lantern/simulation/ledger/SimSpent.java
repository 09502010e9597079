package dev.lantern.simulation.ledger;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.fund.SpentToday;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// [SpentToday] over [Tables]: the inbox, then the orders.
public final class SimSpent implements SpentToday {
  private final Tables tables;

  public SimSpent(Tables tables) {
    this.tables = tables;
  }

  /// The same with the tokens, which are read first, by a step of their own.
  public static SpentToday after(TokenStore tokens, SpentToday ledger) {
    return new SpentToday() {
      @Override
      public Map<String, Long> of(DailyCap.Day day, Instant from, Instant to) {
        Map<String, Long> spent = new HashMap<>();
        for (StoredToken token : tokens.ofUser(day.actId())) {
          Promise promise = token.promise();
          if (isWithin(promise.acceptedAt(), from, to)) {
            spent.merge(promise.orderNo().text(), promise.outcome().amount().value(), Math::max);
          }
        }
        ledger
            .ofLedger(day, from, to)
            .forEach((number, fen) -> spent.merge(number, fen, Math::max));
        return spent;
      }

      @Override
      public Map<String, Long> ofLedger(DailyCap.Day day, Instant from, Instant to) {
        return ledger.ofLedger(day, from, to);
      }
    };
  }

  @Override
  public Map<String, Long> of(DailyCap.Day day, Instant from, Instant to) {
    throw new IllegalStateException("tokens are asked for elsewhere");
  }

  @Override
  public Map<String, Long> ofLedger(DailyCap.Day day, Instant from, Instant to) {
    Map<String, Long> spent = new HashMap<>();
    for (Tables.InboxEntry row : tables.inbox.values()) {
      AcceptedOrder order = row.order();
      if (order.getActId() == day.actId()
          && isWithin(Times.toInstant(order.getAcceptTime()), from, to)) {
        spent.merge(order.getOrderNo(), order.getOutcome().getAward().getAmountFen(), Math::max);
      }
    }
    for (OrderEntry order : tables.orders.values()) {
      if (order.actId() == day.actId()
          && isWithin(order.acceptedAt(), from, to)
          && order.state() != OrderState.ORDER_STATE_DISCARDED) {
        spent.merge(order.orderNo(), order.amountFen(), Math::max);
      }
    }
    return spent;
  }

  private static boolean isWithin(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
