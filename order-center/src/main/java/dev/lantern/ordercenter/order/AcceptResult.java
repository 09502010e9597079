package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.OrderState;
import dev.lantern.token.v1.SignedToken;

/// How a call for an order ends.
public sealed interface AcceptResult {
  /// The order is acknowledged: it will be booked, or stay visibly parked.
  ///
  /// @param replayed an earlier call had been acknowledged already
  record Accepted(
      OrderNo orderNo, OrderState state, SignedToken token, Outcome outcome, boolean replayed)
      implements AcceptResult {}

  /// It is not. OUTCOME_UNKNOWN among the reasons: whether it will be booked is open, and the same
  /// call again finds out.
  record Refused(Refusal refusal) implements AcceptResult {}
}
