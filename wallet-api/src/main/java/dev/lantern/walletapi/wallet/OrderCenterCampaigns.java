package dev.lantern.walletapi.wallet;

import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.walletapi.Downstream;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Campaigns as order-center answers for them.
public final class OrderCenterCampaigns implements Campaigns {
  private static final String NOBODYS = "warm";

  private final CampaignServiceGrpc.CampaignServiceBlockingStub stub;
  private final Duration deadline;

  public OrderCenterCampaigns(Channel channel, Duration deadline) {
    this.stub = CampaignServiceGrpc.newBlockingStub(channel);
    this.deadline = deadline;
  }

  /// Asks about an activity that nobody has; throws while order-center does not answer.
  public void warm() {
    try {
      var _ = children(NOBODYS);
    } catch (Refused refused) {
      if (refused.reason() != Reason.REASON_UNKNOWN_ACTIVITY) {
        throw refused;
      }
    }
  }

  @Override
  public String childOfNow(String activityId, long actId) {
    ResolveStageRequest request =
        ResolveStageRequest.newBuilder().setActivityId(activityId).setActId(actId).build();
    return asked(() -> timed().resolveStage(request).getChildActivityId());
  }

  @Override
  public Set<String> children(String activityId) {
    GetCampaignRequest request = GetCampaignRequest.newBuilder().setActivityId(activityId).build();
    return asked(() -> CampaignChildren.in(timed().getCampaign(request).getDocument()));
  }

  private CampaignServiceGrpc.CampaignServiceBlockingStub timed() {
    return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException failure) {
      throw asSeenByTheUser(Downstream.refusal(failure, "order-center"));
    }
  }

  /// A user outside every audience is not told that the activity exists (law APART).
  private static Refused asSeenByTheUser(Refused refused) {
    return switch (refused.reason()) {
      case REASON_NOT_FOUND, REASON_NOT_ELIGIBLE, REASON_UNKNOWN_ACTIVITY ->
          Refused.of(Reason.REASON_UNKNOWN_ACTIVITY, "no such activity is in effect for this user")
              .field("activity_id");
      default -> refused;
    };
  }
}
