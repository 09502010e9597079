package dev.lantern.proving.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.token.v1.RedPacketToken;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Issues rewards at one instance of order-center, as an upstream service does: the open time is
/// the caller's, and a retry repeats it.
public final class Issuer implements AutoCloseable {
  private static final long DEADLINE_MS = 1_500;

  private final Operator operator;

  private Issuer(Operator operator) {
    this.operator = operator;
  }

  public static Issuer at(StackAccess.Address address, StackAccess.OperatorTls tls) {
    return new Issuer(Operator.at(address, tls));
  }

  /// What is asked for: the reward of a scene without rounds.
  public record Ask(long actId, int appId, String activityId, String sceneId, Instant openTime) {}

  /// What came of it.
  ///
  /// @param tokenChildId the child activity inside the signed token; empty where there is none
  public record Issued(Told told, String tokenChildId) {}

  public Issued issue(Ask ask) {
    try {
      IssueRewardResponse answer =
          OrderServiceGrpc.newBlockingStub(operator.channel())
              .withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS)
              .issueReward(request(ask));
      return new Issued(Answers.issued(answer), childOf(answer));
    } catch (StatusRuntimeException e) {
      return new Issued(GrpcEdge.refused(e), "");
    }
  }

  private static IssueRewardRequest request(Ask ask) {
    Instant openTime = ask.openTime();
    return IssueRewardRequest.newBuilder()
        .setActId(ask.actId())
        .setAppId(ask.appId())
        .setActivityId(ask.activityId())
        .setSceneId(ask.sceneId())
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET)
        .setOpenTime(
            Timestamp.newBuilder()
                .setSeconds(openTime.getEpochSecond())
                .setNanos(openTime.getNano()))
        .build();
  }

  private static String childOf(IssueRewardResponse answer) {
    try {
      return answer.hasToken()
          ? RedPacketToken.parseFrom(answer.getToken().getPayload()).getActivityId()
          : "";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a token that is none for " + answer.getOrderNo(), e);
    }
  }

  @Override
  public void close() {
    operator.close();
  }
}
