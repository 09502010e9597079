package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Reason;

/// Two requests of one order number that are not the same request.
///
/// The number itself holds user, scene, round, award type and stage; what can differ is the
/// caller's amount, or else the child activity.
final class Conflicts {
  private Conflicts() {}

  static Refusal with(AcceptRequest request, Fen earlierAmount) {
    String field = request.requestedAmount().equals(earlierAmount) ? "activity_id" : "amount_fen";
    return Refusal.of(
            Reason.REASON_ORDER_CONFLICT,
            "order " + request.orderNo() + " exists with another " + field)
        .field(field);
  }
}
