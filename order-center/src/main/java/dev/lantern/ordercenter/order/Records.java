package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.token.v1.RedPacketToken;
import java.time.Instant;

/// The bytes of an order: the token's payload and the accept log's record. One place, so that a
/// token signed again has the very same payload.
final class Records {
  private Records() {}

  /// @param requestedAmount by the caller; with it the payload alone tells the whole order
  static ByteString payload(
      OrderNo orderNo,
      int appId,
      String childActivityId,
      Outcome outcome,
      Fen requestedAmount,
      Instant openTime,
      long leaseId) {
    return RedPacketToken.newBuilder()
        .setAppId(appId)
        .setActId(orderNo.actId().value())
        .setActivityId(childActivityId)
        .setSceneId(orderNo.round().sceneId())
        .setAmount(outcome.amount().value())
        .setOutTradeNo(orderNo.text())
        .setOpenTime(Times.toProto(openTime))
        .setRainId(orderNo.round().rainId())
        .setLeaseId(leaseId)
        .setRequestedAmount(requestedAmount.value())
        .setFallback(outcome.fallback())
        .setRewardId(outcome.fallback() ? outcome.rewardId() : "")
        .build()
        .toByteString();
  }

  static AcceptedOrder order(AcceptRequest request, Claim claim, long leaseId, String keyId) {
    OrderNo orderNo = request.orderNo();
    return AcceptedOrder.newBuilder()
        .setOrderNo(orderNo.text())
        .setFingerprint(claim.fingerprint().sha256())
        .setActId(orderNo.actId().value())
        .setAppId(claim.appId())
        .setActivityId(request.activityId())
        .setChildActivityId(request.childActivityId())
        .setStage(orderNo.stage())
        .setSceneId(orderNo.round().sceneId())
        .setRainId(orderNo.round().rainId())
        .setAwardType(orderNo.requested())
        .setOutcome(claim.outcome().toProto())
        .setLeaseId(leaseId)
        .setOpenTime(Times.toProto(claim.openTime()))
        .setAcceptTime(Times.toProto(claim.acceptTime()))
        .setLane(request.lane())
        .setTokenKeyId(keyId)
        .setRequestedAmountFen(claim.requestedAmount().value())
        .build();
  }
}
