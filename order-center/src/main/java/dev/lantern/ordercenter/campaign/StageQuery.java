package dev.lantern.ordercenter.campaign;

import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.campaign.v1.ResolveStageResponse;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.time.InstantSource;

/// Which child activity a user belongs to: the one of a round, or the one of now.
public final class StageQuery {
  private final Campaigns campaigns;
  private final InstantSource clock;

  public StageQuery(Campaigns campaigns, InstantSource clock) {
    this.campaigns = campaigns;
    this.clock = clock;
  }

  /// The child.
  ///
  /// @throws Refused with UNKNOWN_ACTIVITY, UNDECLARED_ROUND, NOT_ELIGIBLE or NOT_SERVING
  public ResolveStageResponse resolve(ResolveStageRequest request) {
    Instant now = clock.instant();
    return switch (campaigns.inEffect(request.getActivityId(), now)) {
      case Known.Stale() ->
          throw Refused.of(
              Reason.REASON_NOT_SERVING,
              "this instance cannot confirm the campaign revision in effect");
      case Known.None() ->
          throw Refused.of(Reason.REASON_UNKNOWN_ACTIVITY, "no such activity is in effect")
              .field("activity_id");
      case Known.InEffect(CampaignIndex index) -> {
        Child child = child(index, request, now);
        yield ResolveStageResponse.newBuilder()
            .setChildActivityId(child.id())
            .setStage(child.stage())
            .setRevision(index.revision())
            .build();
      }
    };
  }

  private static Child child(CampaignIndex index, ResolveStageRequest request, Instant now) {
    ActId user = new ActId(request.getActId());
    if (request.getSceneId().isEmpty()) {
      return index
          .childOfNow(user, now)
          .orElseThrow(
              () -> Refused.of(Reason.REASON_NOT_ELIGIBLE, "no stage is open for this user now"));
    }
    Child child =
        index
            .offer(new RoundId(request.getSceneId(), request.getRainId()), now)
            .map(Offer::child)
            .orElseThrow(() ->
                Refused.of(Reason.REASON_UNDECLARED_ROUND, "the activity has no such round")
                    .field("rain_id"));
    if (!child.audience().includes(user, child.id())) {
      throw Refused.of(Reason.REASON_NOT_ELIGIBLE, "not in the audience of " + child.id());
    }
    return child;
  }
}
