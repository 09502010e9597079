package dev.lantern.proving.stress;

import com.google.protobuf.Duration;
import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.ClearCountersRequest;
import dev.lantern.counter.v1.ClearCountersResponse;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.order.v1.CleanStressLaneRequest;
import dev.lantern.order.v1.CleanStressLaneResponse;
import dev.lantern.order.v1.CloseStressLaneRequest;
import dev.lantern.order.v1.GetStressLaneRequest;
import dev.lantern.order.v1.OpenStressLaneRequest;
import dev.lantern.order.v1.StressLaneInstance;
import dev.lantern.order.v1.StressLaneServiceGrpc;
import dev.lantern.order.v1.StressLaneState;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RotateKeyRequest;
import dev.lantern.token.v1.RotateKeyResponse;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.Channel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The lane as its operator handles it: opened before a trial, closed and cleaned after it, in
/// every service that keeps anything of it. A refusal is io.grpc.StatusRuntimeException.
public final class StressLane {
  private static final long DEADLINE_S = 10;
  private static final java.time.Duration WITHIN = java.time.Duration.ofSeconds(60);
  private static final java.time.Duration STEP = java.time.Duration.ofMillis(300);

  private final StackAccess live;
  private final Progress progress;
  private final Waits waits;
  private final RandomGenerator random;

  /// @param random for requests' ids
  public StressLane(StackAccess live, Progress progress, Waits waits, RandomGenerator random) {
    this.live = live;
    this.progress = progress;
    this.waits = waits;
    this.random = random;
  }

  /// Opens the lane unless it is open, and waits until every instance serves it. Throws
  /// IllegalStateException when they do not in time.
  public void open(java.time.Duration openFor) {
    var before =
        atOrderCenter(stub -> stub.getStressLane(GetStressLaneRequest.newBuilder().build()));
    if (before.getLane().getState() != StressLaneState.STRESS_LANE_STATE_OPEN) {
      progress.phase("opening the stress lane");
      var _ =
          atOrderCenter(stub ->
              stub.openStressLane(
                  OpenStressLaneRequest.newBuilder()
                      .setRequestId(requestId("open"))
                      .setReason("lantern stress run")
                      .setOpenFor(Duration.newBuilder().setSeconds(openFor.toSeconds()))
                      .build()));
    }
    int due = live.orderApis().size() + live.orderSettles().size();
    await(
        () -> instances().stream().filter(StressLaneInstance::getServing).count() >= due,
        "the stress lane is not served by all %d instances; `lantern logs` tells why"
            .formatted(due));
  }

  /// What a cleaning found and left, by kind and name.
  public Cleaned clean() {
    progress.phase("closing the stress lane");
    var _ =
        atOrderCenter(stub ->
            stub.closeStressLane(
                CloseStressLaneRequest.newBuilder()
                    .setRequestId(requestId("close"))
                    .setReason("lantern stress clean")
                    .build()));
    await(
        () -> instances().stream().noneMatch(StressLaneInstance::getServing),
        "an instance does not give the stress lane up; `lantern logs` tells why");
    progress.phase("cleaning");
    ClearCountersResponse counters = clearCounters();
    CleanStressLaneResponse cleaned =
        atOrderCenter(stub ->
            stub.cleanStressLane(
                CleanStressLaneRequest.newBuilder()
                    .setRequestId(requestId("clean"))
                    .setReason("lantern stress clean")
                    .build()));
    RotateKeyResponse key = rotateKey();
    return Cleaned.of(cleaned, counters, key);
  }

  private List<StressLaneInstance> instances() {
    return atOrderCenter(stub -> stub.getStressLane(GetStressLaneRequest.newBuilder().build()))
        .getLane()
        .getInstancesList();
  }

  private <T> T atOrderCenter(
      Function<StressLaneServiceGrpc.StressLaneServiceBlockingStub, T> call) {
    return at(
        live.orderApis().getFirst(),
        "order-center",
        channel ->
            call.apply(
                StressLaneServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)));
  }

  private ClearCountersResponse clearCounters() {
    return at(
        live.counterService(),
        "counter-service",
        channel ->
            CounterServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
                .clearCounters(
                    ClearCountersRequest.newBuilder()
                        .setLane(Lane.LANE_STRESS)
                        .setRequestId(requestId("counters"))
                        .setReason("lantern stress clean")
                        .build()));
  }

  private RotateKeyResponse rotateKey() {
    return at(
        live.tokenService(),
        "token-service",
        channel ->
            TokenServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
                .rotateKey(
                    RotateKeyRequest.newBuilder()
                        .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                        .setLane(Lane.LANE_STRESS)
                        .setRequestId(requestId("key"))
                        .setReason("lantern stress clean")
                        .build()));
  }

  private <T> T at(StackAccess.Address address, String authority, Function<Channel, T> call) {
    try (Operator operator = Operator.at(address, live.operator(), authority)) {
      return call.apply(operator.channel());
    }
  }

  private void await(BooleanSupplier condition, String otherwise) {
    Instant until = waits.wall().instant().plus(WITHIN);
    while (!condition.getAsBoolean()) {
      if (!waits.before(until) || Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException(otherwise);
      }
      waits.sleep(STEP);
    }
  }

  private String requestId(String what) {
    return "stress-" + what + "-" + Long.toHexString(random.nextLong());
  }
}
