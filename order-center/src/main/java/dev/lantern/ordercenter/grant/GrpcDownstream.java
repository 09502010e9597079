package dev.lantern.ordercenter.grant;

import dev.lantern.common.v1.Lane;
import dev.lantern.downstream.v1.GetGrantRequest;
import dev.lantern.downstream.v1.GetGrantResponse;
import dev.lantern.downstream.v1.GrantRequest;
import dev.lantern.downstream.v1.GrantResponse;
import dev.lantern.downstream.v1.GrantResult;
import dev.lantern.downstream.v1.RewardDownstreamServiceGrpc;
import dev.lantern.downstream.v1.RewardDownstreamServiceGrpc.RewardDownstreamServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// [Downstream] over the contract `lantern.downstream.v1.RewardDownstreamService`.
///
/// A status other than OK says nothing about a grant, whatever its code: a proxy may have made it
/// up after the vendor had done the work. So all of them are unknown; NOT_FOUND of GetGrant alone
/// means something, and nothing definite.
public final class GrpcDownstream implements Downstream {
  /// As much of a vendor's text as is kept: with what stands before it, a column's width.
  private static final int TOLD_MAX = 160;

  private final RewardDownstreamServiceBlockingStub stub;
  private final Duration timeout;
  private final Lane lane;

  public GrpcDownstream(Channel channel, Duration timeout, Lane lane) {
    this.stub = RewardDownstreamServiceGrpc.newBlockingStub(channel);
    this.timeout = timeout;
    this.lane = lane;
  }

  @Override
  public Answer grant(DueGrant grant) {
    GrantRequest request =
        GrantRequest.newBuilder()
            .setGrantId(grant.id().text())
            .setActId(grant.id().actId())
            .setAwardType(grant.awardType())
            .setTemplateId(grant.templateId())
            .setRewardId(grant.rewardId())
            .setActivityId(grant.childActivityId())
            .setLane(lane)
            .build();
    try {
      GrantResponse response = within().grant(request);
      return answer(
          response.getResult(),
          response.getReference(),
          response.getDetail(),
          response.hasRetryAfter()
              ? Optional.of(
                  Duration.ofSeconds(
                      response.getRetryAfter().getSeconds(), response.getRetryAfter().getNanos()))
              : Optional.empty());
    } catch (StatusRuntimeException e) {
      return unknown(e);
    }
  }

  @Override
  public Answer ask(GrantId id) {
    try {
      GetGrantResponse response =
          within().getGrant(GetGrantRequest.newBuilder().setGrantId(id.text()).build());
      return answer(
          response.getResult(), response.getReference(), response.getDetail(), Optional.empty());
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.NOT_FOUND ? new Answer.NotFound() : unknown(e);
    }
  }

  private RewardDownstreamServiceBlockingStub within() {
    return stub.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  static Answer answer(
      GrantResult result, String reference, String detail, Optional<Duration> after) {
    return switch (result) {
      case GRANT_RESULT_GRANTED -> new Answer.Granted(reference);
      case GRANT_RESULT_RETRY -> new Answer.Retry(after, told("RETRY", detail));
      case GRANT_RESULT_REJECTED -> new Answer.Refused(told("REJECTED", detail));
      case GRANT_RESULT_SOLD_OUT -> new Answer.Refused(told("SOLD_OUT", detail));
      case GRANT_RESULT_UNKNOWN, GRANT_RESULT_UNSPECIFIED, UNRECOGNIZED ->
          new Answer.Unknown(told("UNKNOWN", detail));
    };
  }

  private static String told(String result, String detail) {
    String told = detail.isEmpty() ? result : result + ": " + detail;
    return told.substring(0, Math.min(told.length(), TOLD_MAX));
  }

  private static Answer unknown(StatusRuntimeException e) {
    return new Answer.Unknown("UNKNOWN: " + e.getStatus().getCode());
  }
}
