package dev.lantern.ordercenter.present;

import dev.lantern.order.v1.EnteredToken;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.wallet.v1.PresentedState;
import dev.lantern.wallet.v1.PresentedToken;

/// The answers as the contract has them.
public final class PresentedMessages {
  private PresentedMessages() {}

  public static EnteredToken of(Presented presented) {
    return switch (presented) {
      case Presented.Booked(Promise promise) ->
          told(promise, PresentedState.PRESENTED_STATE_BOOKED);
      case Presented.Known(Promise promise) -> told(promise, PresentedState.PRESENTED_STATE_KNOWN);
      case Presented.Parked(Promise promise) ->
          told(promise, PresentedState.PRESENTED_STATE_PARKED);
      case Presented.Kept(Promise promise) ->
          promised(promise, PresentedState.PRESENTED_STATE_KEPT, "");
      case Presented.Outstanding(Promise promise, String why) ->
          promised(promise, PresentedState.PRESENTED_STATE_OUTSTANDING, why);
      case Presented.NotRead(String orderNo, String why) ->
          EnteredToken.newBuilder()
              .setPresented(presented(orderNo, PresentedState.PRESENTED_STATE_OUTSTANDING, why))
              .build();
      case Presented.Refused(String problem) ->
          EnteredToken.newBuilder()
              .setPresented(presented("", PresentedState.PRESENTED_STATE_REFUSED, problem))
              .build();
    };
  }

  private static EnteredToken told(Promise promise, PresentedState state) {
    return EnteredToken.newBuilder()
        .setPresented(presented(promise.orderNo().text(), state, ""))
        .build();
  }

  private static EnteredToken promised(Promise promise, PresentedState state, String why) {
    return EnteredToken.newBuilder()
        .setPresented(presented(promise.orderNo().text(), state, why))
        .setAward(promise.outcome().toAward())
        .setActivityId(promise.childActivityId())
        .setAcceptTime(Times.toProto(promise.acceptedAt()))
        .build();
  }

  private static PresentedToken.Builder presented(
      String orderNo, PresentedState state, String problem) {
    return PresentedToken.newBuilder().setOrderNo(orderNo).setState(state).setProblem(problem);
  }
}
