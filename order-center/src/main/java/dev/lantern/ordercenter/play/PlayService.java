package dev.lantern.ordercenter.play;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.OrderDesk;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.Refusals;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.runtime.identity.User;
import dev.lantern.runtime.switches.Switches;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;

/// The contract `lantern.play.v1.PlayService` over [OrderDesk]: the user is the session's, the
/// award type the scene's, the amount drawn.
public final class PlayService extends PlayServiceGrpc.PlayServiceImplBase {
  /// The switch this service obeys beside the edge: how many of 10,000 users are turned away.
  public static final String DROP = "play.grab.drop";

  private static final Duration COME_BACK = Duration.ofSeconds(5);

  private final OrderDesk desk;
  private final Switches switches;

  public PlayService(OrderDesk desk, Switches switches) {
    this.desk = desk;
    this.switches = switches;
  }

  @Override
  public void grab(GrabRequest request, StreamObserver<GrabResponse> observer) {
    RequestContext context = RequestContext.current();
    User user = context.requireUser();
    ActId actId = new ActId(user.actId());
    RoundId round = new RoundId(request.getSceneId(), request.getRainId());
    if (GrabDrop.drops(switches.perTenThousand(DROP), actId, round)) {
      throw Refused.of(Reason.REASON_DROPPED, "not now")
          .layer("order-center")
          .rule(DROP)
          .retryAfter(COME_BACK);
    }
    OrderDesk.Answer answer =
        desk.issue(
            new Ask(
                context.lane(),
                actId,
                user.appId(),
                request.getActivityId(),
                round,
                Optional.empty(),
                Fen.ZERO,
                Optional.empty()));
    observer.onNext(response(answer));
    observer.onCompleted();
  }

  private static GrabResponse response(OrderDesk.Answer answer) {
    return switch (answer.result()) {
      case AcceptResult.Refused(Refusal refusal) -> throw Refusals.toRefused(refusal);
      case AcceptResult.Accepted accepted -> {
        GrabResponse.Builder response =
            GrabResponse.newBuilder()
                .setOrderNo(accepted.orderNo().text())
                .setState(accepted.state())
                .setAward(accepted.outcome().toAward())
                .setReplayed(accepted.replayed())
                .setBillText(answer.billText());
        accepted.verifiable().ifPresent(response::setToken);
        yield response.build();
      }
    };
  }
}
