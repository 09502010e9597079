package dev.lantern.proving.edge;

import dev.lantern.counter.v1.GetResponse;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.Order;
import dev.lantern.order.v1.OrderState;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.wallet.v1.Flow;
import dev.lantern.wallet.v1.Wallet;
import java.util.List;

/// Good answers, as they are logged: the same from both protocols.
final class Answers {
  private Answers() {}

  static Told.Accepted accepted(GrabResponse answer) {
    return accepted(
        answer.getOrderNo(),
        answer.getAward(),
        answer.getReplayed(),
        answer.getState(),
        answer.getToken());
  }

  static Told.Accepted issued(IssueRewardResponse answer) {
    return accepted(
        answer.getOrderNo(),
        answer.getAward(),
        answer.getReplayed(),
        answer.getState(),
        answer.getToken());
  }

  private static Told.Accepted accepted(
      String orderNo, Award award, boolean replayed, OrderState state, SignedToken token) {
    return new Told.Accepted(
        orderNo,
        award.getAwardType().name(),
        award.getRewardId(),
        award.getAmountFen(),
        award.getFallback(),
        replayed,
        state.name(),
        !token.getPayload().isEmpty()
            && !token.getKeyId().isEmpty()
            && (token.hasMerkle() || !token.getSignature().isEmpty()));
  }

  static Told.WalletShown wallet(Wallet wallet) {
    return new Told.WalletShown(
        wallet.getActivityId(),
        wallet.getBalanceFen(),
        wallet.getWithdrawableFen(),
        wallet.getPendingFen(),
        wallet.getPendingCount(),
        wallet.getTotalIncomeFen(),
        wallet.getStale(),
        List.copyOf(wallet.getDegradedSourcesList()));
  }

  static Told.FlowLine flow(Flow flow) {
    return new Told.FlowLine(
        flow.getKind().name(), flow.getOrderNo(), flow.getAmountFen(), flow.getState().name());
  }

  static Told.OrderShown order(Order order) {
    return new Told.OrderShown(
        order.getOrderNo(),
        order.getState().name(),
        order.getActivityId(),
        order.getStage().name(),
        order.getSceneId(),
        order.getAward().getAmountFen());
  }

  static Told.CounterShown counter(String name, GetResponse answer) {
    return new Told.CounterShown(
        name, answer.getValue(), answer.getShownValue(), answer.getSource());
  }
}
