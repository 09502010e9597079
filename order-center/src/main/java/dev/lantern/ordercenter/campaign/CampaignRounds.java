package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// [Rounds] by the campaign trees in effect. The same tree, ask and instant give the same
/// resolution, but for the scene's own rate, which counts every order that nothing else speaks
/// against.
public final class CampaignRounds implements Rounds {
  private static final Duration ASK_ANOTHER = Duration.ofSeconds(1);

  private final Campaigns campaigns;
  private final SceneRates rates;

  public CampaignRounds(Campaigns campaigns, SceneRates rates) {
    this.campaigns = campaigns;
    this.rates = rates;
  }

  @Override
  public Resolution resolve(Ask ask, Instant now) {
    return switch (campaigns.inEffect(ask.activityId(), now)) {
      case Campaigns.Known.Stale() ->
          unresolved(
              Refusal.of(
                      Reason.REASON_NOT_SERVING,
                      "this instance cannot confirm the campaign revision in effect")
                  .retryAfter(ASK_ANOTHER));
      case Campaigns.Known.None() ->
          unresolved(
              Refusal.of(
                      Reason.REASON_UNKNOWN_ACTIVITY,
                      "no activity " + ask.activityId() + " is in effect")
                  .field("activity_id"));
      case Campaigns.Known.InEffect(CampaignIndex index) -> resolve(index, ask, now);
    };
  }

  private Resolution resolve(CampaignIndex index, Ask ask, Instant now) {
    Instant openTime = ask.openTime().orElse(now);
    return index
        .offer(ask.round(), openTime)
        .map(offer -> resolve(offer, ask, openTime, now))
        .orElseGet(() ->
            unresolved(
                Refusal.of(
                        Reason.REASON_UNDECLARED_ROUND,
                        "the activity has no round "
                            + ask.round().rainId()
                            + " of scene "
                            + ask.round().sceneId())
                    .field("rain_id")));
  }

  private Resolution resolve(Offer offer, Ask ask, Instant openTime, Instant now) {
    AwardType requested = ask.requested().orElse(offer.scene().awardType());
    if (!offer.gives(requested)) {
      return unresolved(
          Refusal.of(
                  Reason.REASON_AWARD_TYPE_MISMATCH, "the scene gives " + offer.scene().awardType())
              .field("award_type"));
    }
    if (!offer.hasRounds() && ask.openTime().isEmpty()) {
      return unresolved(
          Refusal.of(Reason.REASON_INVALID_FIELD, "a scene without rounds needs open_time")
              .field("open_time"));
    }
    OrderNo orderNo = OrderNo.of(ask.user(), ask.round(), requested, offer.child().stage());
    AcceptRequest request =
        new AcceptRequest(
            ask.lane(),
            orderNo,
            Fingerprint.of(ask.user(), offer.child().id(), ask.round(), requested, ask.amount()),
            ask.activityId(),
            offer.child().id(),
            ask.appId(),
            ask.amount(),
            openTime,
            offer.opens(),
            offer.claimExpiry(),
            offer.options(orderNo, ask.amount()),
            offer.scene().settlement() == Scene.Settlement.DIRECT,
            offer
                .refusal(ask.user(), ask.amount(), openTime, now)
                .or(() -> overRate(offer.scene(), ask, now)));
    return new Resolution.Resolved(request, offer.scene().billText());
  }

  private Optional<Refusal> overRate(Scene scene, Ask ask, Instant now) {
    OptionalInt perSecond = scene.ratePerSecond();
    return perSecond.isEmpty() || rates.admits(ask.lane(), scene.id(), perSecond.getAsInt(), now)
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                    Reason.REASON_SCENE_RATE,
                    "the scene takes " + perSecond.getAsInt() + " orders a second")
                .retryAfter(ASK_ANOTHER));
  }

  private static Resolution unresolved(Refusal refusal) {
    return new Resolution.Unresolved(refusal);
  }
}
