package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.Campaigns;
import dev.lantern.ordercenter.campaign.Offer;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.runtime.errors.Refused;
import java.time.InstantSource;

/// What campaigns declare, for what operators hand in.
public final class Declarations {
  private final Campaigns campaigns;
  private final InstantSource clock;

  public Declarations(Campaigns campaigns, InstantSource clock) {
    this.campaigns = campaigns;
    this.clock = clock;
  }

  /// The tree in effect.
  ///
  /// @throws Refused with NOT_SERVING or UNKNOWN_ACTIVITY
  public CampaignIndex index(String activityId) {
    return switch (campaigns.inEffect(activityId, clock.instant())) {
      case Campaigns.Known.InEffect(CampaignIndex index) -> index;
      case Campaigns.Known.None() ->
          throw Refused.of(
                  Reason.REASON_UNKNOWN_ACTIVITY, "no activity " + activityId + " is in effect")
              .field("activity_id");
      case Campaigns.Known.Stale() ->
          throw Refused.of(
              Reason.REASON_NOT_SERVING,
              "this instance cannot confirm the campaign revision in effect");
    };
  }

  /// The round in it.
  ///
  /// @throws Refused with UNDECLARED_ROUND
  public Offer offer(CampaignIndex index, RoundId round, String field) {
    return index
        .offer(round, clock.instant())
        .orElseThrow(() ->
            Refused.of(
                    Reason.REASON_UNDECLARED_ROUND,
                    field + ": no round " + round.rainId() + " of " + round.sceneId())
                .field(field));
  }
}
