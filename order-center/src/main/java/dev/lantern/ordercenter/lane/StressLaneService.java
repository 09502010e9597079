package dev.lantern.ordercenter.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.CleanStressLaneRequest;
import dev.lantern.order.v1.CleanStressLaneResponse;
import dev.lantern.order.v1.CloseStressLaneRequest;
import dev.lantern.order.v1.CloseStressLaneResponse;
import dev.lantern.order.v1.GetStressLaneRequest;
import dev.lantern.order.v1.GetStressLaneResponse;
import dev.lantern.order.v1.OpenStressLaneRequest;
import dev.lantern.order.v1.OpenStressLaneResponse;
import dev.lantern.order.v1.StressLane;
import dev.lantern.order.v1.StressLaneInstance;
import dev.lantern.order.v1.StressLaneServiceGrpc;
import dev.lantern.order.v1.StressLaneState;
import dev.lantern.order.v1.StressLaneTrace;
import dev.lantern.ordercenter.lane.Traces.Trace;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `StressLaneService` over [LaneDesk].
public final class StressLaneService extends StressLaneServiceGrpc.StressLaneServiceImplBase {
  private static final Duration USUALLY = Duration.ofHours(1);
  private static final String TARGET = "stress";

  private final Optional<LaneDesk> desk;

  /// @param desk none where the lane is not configured
  public StressLaneService(Optional<LaneDesk> desk) {
    this.desk = desk;
  }

  @Override
  public void openStressLane(
      OpenStressLaneRequest request, StreamObserver<OpenStressLaneResponse> observer) {
    Duration openFor =
        request.hasOpenFor() ? Duration.ofSeconds(request.getOpenFor().getSeconds()) : USUALLY;
    OperatorRequest asked =
        asked(request.getRequestId(), "stress.open", openFor.toString(), request.getReason());
    StressLane lane = message(desk().open(asked, openFor));
    observer.onNext(OpenStressLaneResponse.newBuilder().setLane(lane).build());
    observer.onCompleted();
  }

  @Override
  public void closeStressLane(
      CloseStressLaneRequest request, StreamObserver<CloseStressLaneResponse> observer) {
    OperatorRequest asked = asked(request.getRequestId(), "stress.close", "", request.getReason());
    StressLane lane = message(desk().close(asked));
    observer.onNext(CloseStressLaneResponse.newBuilder().setLane(lane).build());
    observer.onCompleted();
  }

  @Override
  public void getStressLane(
      GetStressLaneRequest request, StreamObserver<GetStressLaneResponse> observer) {
    LaneDesk here = desk();
    observer.onNext(
        GetStressLaneResponse.newBuilder()
            .setLane(message(here.see()))
            .addAllTraces(messages(here.traces()))
            .build());
    observer.onCompleted();
  }

  @Override
  public void cleanStressLane(
      CleanStressLaneRequest request, StreamObserver<CleanStressLaneResponse> observer) {
    OperatorRequest asked = asked(request.getRequestId(), "stress.clean", "", request.getReason());
    LaneDesk.Cleaned cleaned = desk().clean(asked);
    observer.onNext(
        CleanStressLaneResponse.newBuilder()
            .addAllBefore(messages(cleaned.before()))
            .addAllAfter(messages(cleaned.after()))
            .build());
    observer.onCompleted();
  }

  private LaneDesk desk() {
    return desk.orElseThrow(() ->
        Refused.of(Reason.REASON_LANE_CLOSED, "this instance is not configured for trials")
            .rule("stress-lane"));
  }

  private static OperatorRequest asked(
      String requestId, String action, String what, String reason) {
    return new OperatorRequest(
        requestId,
        action,
        TARGET,
        digest(action + " " + what),
        RequestContext.current().caller().toString(),
        reason);
  }

  private static ByteString digest(String text) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<StressLaneTrace> messages(List<Trace> traces) {
    return traces.stream()
        .map(trace ->
            StressLaneTrace.newBuilder()
                .setKind(trace.kind())
                .setName(trace.name())
                .setCount(trace.count())
                .build())
        .toList();
  }

  private static StressLane message(LaneDesk.Seen seen) {
    Opening opening = seen.opening();
    StressLane.Builder lane =
        StressLane.newBuilder().setOpening(opening.number()).setState(state(opening.state()));
    opening.openedAt().map(StressLaneService::time).ifPresent(lane::setOpenTime);
    opening.expiresAt().map(StressLaneService::time).ifPresent(lane::setExpireTime);
    seen.instances()
        .forEach(instance ->
            lane.addInstances(
                StressLaneInstance.newBuilder()
                    .setInstance(instance.name())
                    .setServing(instance.serving() && instance.opening() == opening.number())
                    .setSeenTime(time(instance.seenAt()))));
    return lane.build();
  }

  private static StressLaneState state(Opening.State state) {
    return switch (state) {
      case OPEN -> StressLaneState.STRESS_LANE_STATE_OPEN;
      case CLOSED -> StressLaneState.STRESS_LANE_STATE_CLOSED;
      case CLEAN -> StressLaneState.STRESS_LANE_STATE_CLEAN;
    };
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
