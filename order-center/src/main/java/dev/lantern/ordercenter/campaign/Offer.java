package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Options;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What one round gives: its child, scene, window and rewards, ready to be asked.
///
/// @param hasRounds false for a scene that is open as long as its child is
/// @param main what is asked for; its reward names the downstream of what is not money
/// @param fallback what may be given instead, where that is another reward
public record Offer(
    Child child,
    Scene scene,
    Instant opens,
    Instant closes,
    boolean hasRounds,
    Prize main,
    Optional<Prize> fallback) {
  private static final Duration OPEN_TIME_TOLERANCE = Duration.ofSeconds(30);
  private static final Duration CLAIMS_OUTLIVE_ROUND = Duration.ofMinutes(10);

  /// When claims on this round may be forgotten: after its close and the longest retry.
  public Instant claimExpiry() {
    return closes.plus(CLAIMS_OUTLIVE_ROUND);
  }

  /// What speaks against a request that names this round, from the request and the revision alone,
  /// in the order of precedence of the contract; empty when nothing does.
  ///
  /// In a scene without rounds `openTime` says the child, so it must lie within the child's window
  /// as well: a clock that is fast or slow does not bend that.
  public Optional<Refusal> refusal(ActId user, Fen requestedAmount, Instant openTime, Instant now) {
    if (now.isBefore(opens) || (!hasRounds && openTime.isBefore(opens))) {
      return Optional.of(
          Refusal.of(Reason.REASON_ROUND_NOT_OPEN, "opens at " + opens)
              .retryAfter(now.isBefore(opens) ? Duration.between(now, opens) : Duration.ZERO));
    }
    if (!now.isBefore(closes) || (!hasRounds && !openTime.isBefore(closes))) {
      return Optional.of(Refusal.of(Reason.REASON_ROUND_CLOSED, "closed at " + closes));
    }
    if (Duration.between(openTime, now).abs().compareTo(OPEN_TIME_TOLERANCE) > 0) {
      return Optional.of(
          Refusal.of(Reason.REASON_OPEN_TIME_SKEWED, "open_time is not within 30 s of " + now)
              .field("open_time"));
    }
    if (!child.audience().includes(user, child.id())) {
      return Optional.of(
          Refusal.of(Reason.REASON_NOT_ELIGIBLE, "not in the audience of " + child.id()));
    }
    return amountRefusal(requestedAmount);
  }

  private Optional<Refusal> amountRefusal(Fen requestedAmount) {
    if (!main.reward().isMoney() && !requestedAmount.isZero()) {
      return Optional.of(
          Refusal.of(Reason.REASON_INVALID_FIELD, "an item has no amount").field("amount_fen"));
    }
    if (requestedAmount.compareTo(scene.singleAmountCap()) > 0) {
      return Optional.of(
          Refusal.of(
                  Reason.REASON_OVER_AMOUNT_CAP,
                  "at most " + scene.singleAmountCap().value() + " fen each")
              .field("amount_fen"));
    }
    return Optional.empty();
  }

  /// A requested award type other than the scene's is refused whatever else is known.
  public boolean gives(AwardType requested) {
    return scene.awardType() == requested;
  }

  /// What the number can turn into; amounts are drawn by it alone, so every retry sees the same.
  public Options options(OrderNo orderNo, Fen requestedAmount) {
    Optional<Outcome> other = fallbackOutcome(orderNo);
    return new Options(
        requestedAmount.isZero() || !main.reward().isMoney()
            ? main.outcome(orderNo, false).orElse(other)
            : main.outcome(requestedAmount, false),
        other,
        scene.compensation().thresholdPercent());
  }

  private Optional<Outcome> fallbackOutcome(OrderNo orderNo) {
    if (fallback.isPresent()) {
      return fallback.map(prize -> prize.outcome(orderNo, true));
    }
    return scene.compensation().fallback() instanceof Fallback.Message(String text)
        ? Optional.of(new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, text, ""))
        : Optional.empty();
  }
}
