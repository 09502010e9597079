package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import dev.lantern.common.v1.Reason;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.stores.sql.StoreUnavailableException;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallChainTest {

  private static final CallLimits LIMITS =
      new CallLimits(200, Duration.ofSeconds(5), Duration.ofSeconds(6), 2);

  private final List<Runnable> closers = new ArrayList<>();
  private Optional<SpiffeId> peer = Optional.of(new SpiffeId("tester"));

  @AfterEach
  void close() {
    closers.forEach(Runnable::run);
  }

  @Test
  void handler_ofAnAllowedCall_seesItsContext() {
    var stub = serve(_ -> Play.answer(RequestContext.current().caller().toString()), LIMITS);
    assertThat(stub.grab(Play.GOOD).getOrderNo()).isEqualTo("spiffe://lantern/tester");
  }

  @Test
  void handler_throwingARefusal_isAnsweredWithIt() {
    var stub =
        serve(
            _ -> {
              throw Refused.of(Reason.REASON_SOLD_OUT, "gone").layer("budget").rule("main");
            },
            LIMITS);
    StatusRuntimeException e = failure(stub, Play.GOOD);
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    Refused refused = Failures.refusedBy(e).orElseThrow();
    assertThat(refused.reason()).isEqualTo(Reason.REASON_SOLD_OUT);
    assertThat(refused.metadata()).containsEntry("layer", "budget").containsEntry("rule", "main");
  }

  @Test
  void handler_failing_tellsNothingOfItsInside() {
    var stub =
        serve(
            _ -> {
              throw new IllegalStateException("hunter2");
            },
            LIMITS);
    StatusRuntimeException e = failure(stub, Play.GOOD);
    assertThat(reason(e)).isEqualTo(Reason.REASON_INTERNAL);
    assertThat(e.toString() + StatusProto.fromThrowable(e)).doesNotContain("hunter2");
  }

  @Test
  void handler_whoseStoreIsDown_isUnavailable() {
    var stub =
        serve(
            _ -> {
              throw new StoreUnavailableException("mysql is gone", null);
            },
            LIMITS);
    assertThat(reason(failure(stub, Play.GOOD))).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  @Test
  void handler_givingFailuresToTheObserver_isAnsweredTheSame() {
    assertThat(reason(failure(onError(new IllegalStateException("x")), Play.GOOD)))
        .isEqualTo(Reason.REASON_INTERNAL);
    assertThat(reason(failure(onError(Refused.of(Reason.REASON_ROUND_CLOSED, "x")), Play.GOOD)))
        .isEqualTo(Reason.REASON_ROUND_CLOSED);
    var unavailable = Status.UNAVAILABLE.withCause(new IOException("refused")).asException();
    assertThat(reason(failure(onError(unavailable), Play.GOOD)))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  @Test
  void request_breakingItsRules_namesEveryField() throws Exception {
    var stub = serve(_ -> Play.answer("never"), LIMITS);
    StatusRuntimeException e =
        failure(stub, Play.GOOD.toBuilder().setRainId(0).setSceneId("UPPER").build());
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(reason(e)).isEqualTo(Reason.REASON_INVALID_FIELD);
    var details = Objects.requireNonNull(StatusProto.fromThrowable(e));
    assertThat(details.getDetails(1).unpack(BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyInAnyOrder("rain_id", "scene_id");
  }

  @Test
  void request_overItsSize_isTooLarge() {
    var stub = serve(_ -> Play.answer("never"), LIMITS);
    var large = Play.GOOD.toBuilder().setRequestId("x".repeat(300)).build();
    assertThat(reason(failure(stub, large))).isEqualTo(Reason.REASON_TOO_LARGE);
  }

  @Test
  void request_withADocument_mayBeLarger_andNamesTheFieldWhenItIsTooLarge() throws Exception {
    var limits = LIMITS.withDocuments(PlayServiceGrpc.getGrabMethod(), "request_id", 1_000);
    var stub = serve(_ -> Play.answer("never"), limits);
    var within = Play.GOOD.toBuilder().setRequestId("x".repeat(1_000)).build();
    assertThat(reason(failure(stub, within)))
        .as("it is read, and judged by its rules")
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    StatusRuntimeException over =
        failure(stub, within.toBuilder().setRequestId("x".repeat(1_300)).build());
    var refused = Failures.refusedBy(over).orElseThrow();
    assertThat(refused.reason()).isEqualTo(Reason.REASON_TOO_LARGE);
    assertThat(refused.metadata())
        .containsEntry("field", "request_id")
        .containsEntry("limit_bytes", "1200");
  }

  @Test
  void caller_unverifiedOrUnnamed_neverReachesTheHandler() {
    var called = new CountDownLatch(1);
    var stub =
        serve(
            _ -> {
              called.countDown();
              return Play.answer("never");
            },
            LIMITS);
    peer = Optional.empty();
    assertThat(reason(failure(stub, Play.GOOD))).isEqualTo(Reason.REASON_UNAUTHENTICATED);
    peer = Optional.of(new SpiffeId("somebody"));
    assertThat(reason(failure(stub, Play.GOOD))).isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(called.getCount()).isEqualTo(1);
  }

  @Test
  void deadline_passingInTheHandler_isAnsweredWhileItStillRuns() throws Exception {
    var release = new CountDownLatch(1);
    var limits = new CallLimits(200, Duration.ofMillis(200), Duration.ofMillis(300), 2);
    var stub = serve(_ -> waiting(release), limits);
    assertThat(reason(failure(stub, Play.GOOD))).as("none given").isEqualTo(Reason.REASON_DEADLINE);
    assertThat(reason(failure(stub.withDeadlineAfter(10, TimeUnit.SECONDS), Play.GOOD)))
        .as("a long one is capped")
        .isEqualTo(Reason.REASON_DEADLINE);
    release.countDown();
  }

  @Test
  void calls_overTheLimit_areRefusedAndTheNextIsServed() throws Exception {
    var begun = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    var stub =
        serve(
            _ -> {
              begun.countDown();
              return waiting(release);
            },
            LIMITS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> stub.grab(Play.GOOD));
      var two = threads.submit(() -> stub.grab(Play.GOOD));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      StatusRuntimeException third = failure(stub, Play.GOOD);
      assertThat(reason(third)).isEqualTo(Reason.REASON_LIMITED);
      assertThat(third.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      release.countDown();
      assertThat(one.get().getOrderNo()).isEqualTo("released");
      assertThat(two.get().getOrderNo()).isEqualTo("released");
    }
    assertThat(servedReason(stub)).isEqualTo(Reason.REASON_UNSPECIFIED);
  }

  /// The reason of a call that found a place, none if it went well: a place comes back a moment
  /// after its answer.
  private static Reason servedReason(PlayServiceBlockingStub stub) {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (true) {
      try {
        assertThat(stub.grab(Play.GOOD).getOrderNo()).isEqualTo("released");
        return Reason.REASON_UNSPECIFIED;
      } catch (StatusRuntimeException e) {
        if (reason(e) != Reason.REASON_LIMITED || System.nanoTime() > until) {
          return reason(e);
        }
      }
    }
  }

  @Test
  void calls_refusedOrFailed_giveTheirPlaceBack() {
    var stub =
        serve(
            _ -> {
              throw new IllegalStateException("x");
            },
            LIMITS);
    for (int i = 0; i < 10; i++) {
      assertThat(servedReason(stub)).isEqualTo(Reason.REASON_INTERNAL);
    }
    peer = Optional.of(new SpiffeId("somebody"));
    for (int i = 0; i < 10; i++) {
      assertThat(servedReason(stub)).isEqualTo(Reason.REASON_FORBIDDEN);
    }
  }

  private static GrabResponse waiting(CountDownLatch release) {
    try {
      assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
      return Play.answer("released");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private PlayServiceBlockingStub serve(
      Function<GrabRequest, GrabResponse> handler, CallLimits limits) {
    return serve(new Play(handler), limits);
  }

  private PlayServiceBlockingStub onError(Throwable failure) {
    return serve(
        new PlayServiceGrpc.PlayServiceImplBase() {
          @Override
          public void grab(GrabRequest request, StreamObserver<GrabResponse> observer) {
            observer.onError(failure);
          }
        },
        LIMITS);
  }

  private PlayServiceBlockingStub serve(BindableService service, CallLimits limits) {
    String name = InProcessServerBuilder.generateName();
    var policy = AccessPolicy.builder().service(PlayServiceGrpc.SERVICE_NAME, "tester").build();
    var builder =
        InProcessServerBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(service);
    CallChain.of(policy, (_, _) -> peer, limits).forEach(builder::intercept);
    try {
      Server server = builder.build().start();
      ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
      closers.add(channel::shutdownNow);
      closers.add(server::shutdownNow);
      return PlayServiceGrpc.newBlockingStub(channel);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StatusRuntimeException failure(PlayServiceBlockingStub stub, GrabRequest request) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> stub.grab(request));
  }

  private static Reason reason(StatusRuntimeException e) {
    return Failures.refusedBy(e).orElseThrow(() -> e).reason();
  }
}
