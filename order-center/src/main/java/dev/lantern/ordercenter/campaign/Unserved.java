package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.Compensation.Retry;
import dev.lantern.ordercenter.order.Refusal;
import java.util.Optional;
import java.util.stream.Stream;

/// What a tree may declare and this version does not act on. A scene that needs any of it is
/// refused before anything is taken: an order must not be promised by half of its rules.
///
/// Each method stands for one such rule, and goes when the rule is kept.
final class Unserved {
  private Unserved() {}

  static Optional<Refusal> of(Offer offer) {
    return Stream.of(retry(offer.scene()), rate(offer.scene()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(what ->
            Refusal.of(
                Reason.REASON_NOT_SERVING, "this version does not do a scene's " + what + " yet"));
  }

  private static Optional<String> retry(Scene scene) {
    return scene.compensation().retry().equals(Retry.STANDARD)
        ? Optional.empty()
        : Optional.of("retry policy");
  }

  private static Optional<String> rate(Scene scene) {
    return scene.ratePerSecond().isEmpty() ? Optional.empty() : Optional.of("rate_limit");
  }
}
