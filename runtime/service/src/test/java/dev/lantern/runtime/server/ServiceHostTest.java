package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.common.v1.Reason;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real server and real channels: what it tells of itself, what it refuses, how it ends.
@Timeout(60)
class ServiceHostTest {

  @TempDir static Path home;

  private final World world = World.of(home);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void method_nobodyServes_isRefusedInOurShape() {
    world.serve(World::whoAmI);
    var channel = world.channel("wallet-api", "order-center");
    assertThat(unknownMethod(channel, "lantern.x.v1.X/Do")).isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(unknownMethod(channel, "grpc.health.v1.Health/Do"))
        .isEqualTo(Reason.REASON_METHOD_NOT_ALLOWED);
  }

  @Test
  void request_overTheBoundButNotAbsurd_isTooLarge() {
    world.serve(World::whoAmI);
    var stub = PlayServiceGrpc.newBlockingStub(world.channel("wallet-api", "order-center"));
    var large = Play.GOOD.toBuilder().setRequestId("x".repeat(70_000)).build();
    var e = catchThrowableOfType(StatusRuntimeException.class, () -> stub.grab(large));
    assertThat(World.reason(e)).isEqualTo(Reason.REASON_TOO_LARGE);
  }

  @Test
  void request_withADocument_isReadUpToItsOwnBound() {
    world.documents(1_000_000);
    world.serve(World::whoAmI);
    var stub = PlayServiceGrpc.newBlockingStub(world.channel("wallet-api", "order-center"));
    assertThat(reasonAt(stub, 1_000_000)).isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(reasonAt(stub, 1_100_000)).isEqualTo(Reason.REASON_TOO_LARGE);
    assertThat(reasonAt(stub.withCompression("gzip"), 1_100_000))
        .isEqualTo(Reason.REASON_TOO_LARGE);
  }

  private static Reason reasonAt(PlayServiceGrpc.PlayServiceBlockingStub stub, int bytes) {
    var large = Play.GOOD.toBuilder().setRequestId("x".repeat(bytes)).build();
    return World.reason(catchThrowableOfType(StatusRuntimeException.class, () -> stub.grab(large)));
  }

  @Test
  void body_thatIsNoMessage_isRefusedInOurShape() {
    world.serve(World::whoAmI);
    var channel = world.channel("wallet-api", "order-center");
    MethodDescriptor<InputStream, GrabResponse> raw =
        PlayServiceGrpc.getGrabMethod().toBuilder(
                new AsItIs(), PlayServiceGrpc.getGrabMethod().getResponseMarshaller())
            .build();
    byte[] truncated = Arrays.copyOf(Play.GOOD.toByteArray(), Play.GOOD.getSerializedSize() - 1);
    for (byte[] body : List.of(truncated, new byte[] {-1, -1, -1})) {
      var e =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      channel, raw, CallOptions.DEFAULT, new ByteArrayInputStream(body)));
      assertThat(World.reason(e)).isEqualTo(Reason.REASON_MALFORMED_BODY);
    }
  }

  @Test
  void health_followsEachDependency_andTheServiceStaysUp() {
    world.serve(World::whoAmI);
    var health = HealthGrpc.newBlockingStub(world.channel("envoy-mesh", "order-center"));
    Iterator<?> changes = health.withDeadlineAfter(20, TimeUnit.SECONDS).watch(request("thing"));
    awaitStatus(changes, ServingStatus.SERVING);
    world.dependencyUp().set(false);
    awaitStatus(changes, ServingStatus.NOT_SERVING);
    assertThat(health.check(request("")).getStatus()).isEqualTo(ServingStatus.SERVING);
    world.dependencyUp().set(true);
    awaitStatus(changes, ServingStatus.SERVING);
  }

  @Test
  void metrics_afterCalls_tellDurationsAndRefusals() throws Exception {
    try (var measured =
        Telemetry.start(
            new TelemetryConfig(Optional.empty(), 1),
            "order-center",
            "127.0.0.1",
            world.port() + 100)) {
      measured.gauge("mysql.connections.used", () -> 7);
      world.serve(world.config(), World::whoAmI, measured);
      var stub = PlayServiceGrpc.newBlockingStub(world.channel("counter-service", "order-center"));
      assertThat(World.reason(World.failure(stub))).isEqualTo(Reason.REASON_FORBIDDEN);
      String text = world.metrics();
      assertThat(text).contains("rpc_server_duration").contains("jvm_memory_used_bytes");
      assertThat(text).containsPattern("mysql_connections_used(\\{[^}]*})? 7.0");
      assertThat(text)
          .containsPattern(
              "lantern_refusals_total\\{[^}]*method=\"lantern.play.v1.PlayService/Grab\"[^}]*reason=\"FORBIDDEN\"");
    }
  }

  @Test
  void close_withACallUnderWay_letsItEndAndTakesNoMore() throws Exception {
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    ServiceHost host =
        world.serve(
            world.config(),
            _ -> {
              begun.countDown();
              await(release);
              return Play.answer("in the end");
            },
            world.telemetry(),
            closed::countDown);
    var channel = world.channel("wallet-api", "order-center");
    var health = HealthGrpc.newBlockingStub(channel);
    Iterator<?> changes = health.withDeadlineAfter(20, TimeUnit.SECONDS).watch(request(""));
    awaitStatus(changes, ServingStatus.SERVING);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call =
          threads.submit(() ->
              PlayServiceGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(9, TimeUnit.SECONDS)
                  .grab(Play.GOOD));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      var closing = threads.submit(host::close);
      awaitStatus(changes, ServingStatus.NOT_SERVING);
      awaitRefused();
      var ended = catchThrowableOfType(StatusRuntimeException.class, changes::hasNext);
      assertThat(World.reason(ended)).as("a stream").isEqualTo(Reason.REASON_NOT_SERVING);
      assertThat(closed.getCount()).as("what the call needs is still open").isEqualTo(1);
      release.countDown();
      assertThat(call.get().getOrderNo()).isEqualTo("in the end");
      closing.get(10, TimeUnit.SECONDS);
    }
    assertThat(closed.getCount()).isZero();
  }

  private static Reason unknownMethod(ManagedChannel channel, String name) {
    var unknown = PlayServiceGrpc.getGrabMethod().toBuilder().setFullMethodName(name).build();
    return World.reason(
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(channel, unknown, CallOptions.DEFAULT, Play.GOOD)));
  }

  // A new connection is refused once the port is closed.
  private void awaitRefused() {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!FreePorts.free(world.port())) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private static void awaitStatus(Iterator<?> changes, ServingStatus wanted) {
    while (true) {
      var change = (HealthCheckResponse) changes.next();
      if (change.getStatus() == wanted) {
        return;
      }
    }
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends bytes as the request's body.
  private static final class AsItIs implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
    }
  }
}
