package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.Delivery;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import java.util.Optional;

/// A reward with the draw of its amount.
///
/// @param draw empty for what is not money
public record Prize(Reward reward, Optional<Draw> draw) {
  static Prize of(Reward reward, byte[] drawSecret) {
    return new Prize(reward, reward.amount().map(table -> new Draw(table, drawSecret)));
  }

  /// What an order number gets of it: the same at every call. An item has the amount zero.
  public Outcome outcome(OrderNo orderNo, boolean fallback) {
    return outcome(draw.map(by -> by.amountFor(orderNo)).orElse(Fen.ZERO), fallback);
  }

  /// It with an amount that the caller has said.
  public Outcome outcome(Fen amount, boolean fallback) {
    return new Outcome(
        reward.awardType(),
        reward.id(),
        amount,
        fallback,
        reward.title(),
        reward.budgetId().orElse(""),
        reward.downstream().map(name -> new Delivery(name, reward.templateId(), Optional.empty())));
  }
}
