package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.Order;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.order.Promises.Look;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.util.Optional;

/// Reads one order, wherever it is: Redis first, then the ledger, so that an order being booked in
/// between is seen in one of the two.
///
/// "There is none" is only said when it is certain (W2): not while Redis is down, its life is too
/// young to know, or a claim says that an order may be on its way.
public final class OrderQuery {
  private final Promises promises;
  private final OrderReader orders;
  private final Epochs epochs;

  public OrderQuery(Promises promises, OrderReader orders, Epochs epochs) {
    this.promises = promises;
    this.orders = orders;
    this.epochs = epochs;
  }

  /// The order.
  ///
  /// @throws Refused with NOT_FOUND when there is none, with DEPENDENCY_DOWN when that is not
  ///   certain
  public Order find(Lane lane, OrderNo orderNo) {
    Optional<Look> look = look(lane, orderNo);
    return switch (orders.find(orderNo)) {
      case Found.Row(OrderRow row) -> OrderMessages.of(row);
      case Found.Waiting(AcceptedOrder order) -> OrderMessages.of(order);
      case Found.Nothing() ->
          look.flatMap(Look::token)
              .map(StoredToken::getOrder)
              .map(OrderMessages::of)
              .orElseThrow(() -> none(look, orderNo));
    };
  }

  private Optional<Look> look(Lane lane, OrderNo orderNo) {
    try {
      return Optional.of(promises.look(lane, orderNo));
    } catch (RedisUnavailableException e) {
      return Optional.empty();
    }
  }

  private Refused none(Optional<Look> look, OrderNo orderNo) {
    boolean certain =
        look.filter(seen -> seen.claim().isEmpty())
            .flatMap(Look::epoch)
            .filter(epoch -> epochs.isSettled(epoch.id()))
            .isPresent();
    return certain
        ? Refused.of(Reason.REASON_NOT_FOUND, "no order " + orderNo)
        : Refused.of(Reason.REASON_DEPENDENCY_DOWN, "whether the order exists is not known now")
            .dependency("redis");
  }
}
