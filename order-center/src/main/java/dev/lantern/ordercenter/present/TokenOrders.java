package dev.lantern.ordercenter.present;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.campaign.DeclaredOffers;
import dev.lantern.ordercenter.campaign.DeclaredOffers.Found;
import dev.lantern.ordercenter.campaign.Offer;
import dev.lantern.ordercenter.campaign.Prize;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.Options;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.token.v1.RedPacketToken;
import java.util.Optional;

/// The order that a verified token stands for, made again from the token and the campaign tree.
///
/// The token says whose, which round, how much, on which lease, by which request, and of a fallback
/// which reward; the tree says the rest, which is immutable: the parent, the scene's reward, each
/// reward's budget and downstream. So the order has the fingerprint and the outcome of the record
/// that was lost, and where that record turns up after all they are the same order (A5). Its
/// acceptance is put at its opening.
///
/// The *signed* amount and fallback count, whatever would be drawn, or given instead, today.
public final class TokenOrders {
  private static final Outcome MESSAGE =
      new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, "", "");

  private final DeclaredOffers declared;
  private final Lane lane;

  /// @param lane of the keys that the tokens were verified with
  public TokenOrders(DeclaredOffers declared, Lane lane) {
    this.declared = declared;
    this.lane = lane;
  }

  /// What a token stands for.
  public sealed interface Reading {
    record Order(Promise promise) implements Reading {}

    /// Nothing that anything is owed for.
    record Refused(Objection why) implements Reading {}

    /// Its campaign is not known here yet.
    record NotRead() implements Reading {}
  }

  /// Reads one.
  ///
  /// @param keyId which key signed it
  public Reading read(RedPacketToken token, String keyId) {
    Optional<OrderNo> number =
        OrderNo.parse(token.getOutTradeNo()).filter(no -> isOf(no, token) && token.hasOpenTime());
    if (number.isEmpty() || token.getAmount() < 0 || token.getRequestedAmount() < 0) {
      return new Reading.Refused(Objection.MALFORMED);
    }
    return switch (declared.offer(token.getActivityId(), number.get().round())) {
      case Found.NotRead() -> new Reading.NotRead();
      case Found.Nothing() -> new Reading.Refused(Objection.UNDECLARED);
      case Found.Offered(String activityId, Offer offer) ->
          read(token, keyId, number.get(), activityId, offer);
    };
  }

  private Reading read(
      RedPacketToken token, String keyId, OrderNo number, String activityId, Offer offer) {
    if (offer.child().stage() != number.stage()) {
      return new Reading.Refused(Objection.OTHER_STAGE);
    }
    Optional<Outcome> outcome =
        Optional.of(offer)
            .filter(it -> it.gives(number.requested()))
            .flatMap(it -> promised(token, it, it.options(number, requested(token))));
    if (outcome.isEmpty()) {
      return new Reading.Refused(Objection.UNDECLARED);
    }
    AcceptedOrder order = order(token, keyId, number, activityId, outcome.get());
    try {
      return new Reading.Order(RecordReader.promise(order, order.toByteString()));
    } catch (IllegalArgumentException unbookable) {
      return new Reading.Refused(Objection.MALFORMED);
    }
  }

  /// Money has an amount, nothing else has one.
  private static Optional<Outcome> promised(RedPacketToken token, Offer offer, Options options) {
    Optional<Outcome> declared =
        token.getFallback() ? fallback(token, offer, options) : Optional.of(options.main());
    return declared
        .filter(outcome -> outcome.amount().isZero() == (token.getAmount() == 0))
        .map(outcome ->
            new Outcome(
                outcome.given(),
                outcome.rewardId(),
                Fen.of(token.getAmount()),
                outcome.fallback(),
                outcome.title(),
                outcome.budgetId(),
                outcome.delivery()));
  }

  /// What was given instead when it was signed: rewards never vanish, while a scene may name
  /// another one by now, or none. A token that names none and no money promises a MESSAGE; after a
  /// vendor's refusal it still says the lease of what was refused.
  private static Optional<Outcome> fallback(RedPacketToken token, Offer offer, Options options) {
    if (!token.getRewardId().isEmpty()) {
      return offer
          .child()
          .reward(token.getRewardId())
          .filter(reward -> reward.isMoney() == (token.getAmount() > 0))
          .map(reward ->
              new Prize(reward, Optional.empty()).outcome(Fen.of(token.getAmount()), true));
    }
    return options
        .fallback()
        .filter(now -> now.needsBudget() == (token.getLeaseId() != 0))
        .or(() -> token.getAmount() == 0 ? Optional.of(MESSAGE) : Optional.empty());
  }

  private AcceptedOrder order(
      RedPacketToken token, String keyId, OrderNo number, String activityId, Outcome outcome) {
    String child = token.getActivityId();
    Fingerprint fingerprint =
        Fingerprint.of(number.actId(), child, number.round(), number.requested(), requested(token));
    return AcceptedOrder.newBuilder()
        .setOrderNo(number.text())
        .setFingerprint(fingerprint.sha256())
        .setActId(number.actId().value())
        .setAppId(token.getAppId())
        .setActivityId(activityId)
        .setChildActivityId(child)
        .setStage(number.stage())
        .setSceneId(number.round().sceneId())
        .setRainId(number.round().rainId())
        .setAwardType(number.requested())
        .setOutcome(outcome.toProto())
        .setLeaseId(token.getLeaseId())
        .setOpenTime(token.getOpenTime())
        .setAcceptTime(token.getOpenTime())
        .setLane(lane)
        .setTokenKeyId(keyId)
        .setRequestedAmountFen(token.getRequestedAmount())
        .build();
  }

  private static Fen requested(RedPacketToken token) {
    return Fen.of(token.getRequestedAmount());
  }

  private static boolean isOf(OrderNo number, RedPacketToken token) {
    return number.actId().value() == token.getActId()
        && number.round().sceneId().equals(token.getSceneId())
        && number.round().rainId() == token.getRainId();
  }
}
