package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.Compensation.Retry;
import dev.lantern.ordercenter.order.Refusal;
import java.util.Optional;

/// What a tree may declare and this version does not act on. A scene that needs any of it is
/// refused before anything is taken: an order must not be promised by half of its rules.
final class Unserved {
  private Unserved() {}

  static Optional<Refusal> of(Offer offer) {
    return offer.scene().compensation().retry().equals(Retry.STANDARD)
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Reason.REASON_NOT_SERVING, "this version does not do a scene's retry policy yet"));
  }
}
