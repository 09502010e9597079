package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.Identification;
import dev.lantern.runtime.identity.SpiffeId;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaneRouterTest {
  private static final AccessPolicy POLICY =
      AccessPolicy.builder()
          .service(PlayServiceGrpc.SERVICE_NAME, "wallet-api", "operator")
          .carriers("wallet-api")
          .build();

  private final AtomicReference<Optional<LaneRouter.Side>> stress =
      new AtomicReference<>(Optional.empty());
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private String peer = "wallet-api";
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName("lanes-" + hashCode()).build();
  private final Server server = serve();

  private Server serve() {
    var builder =
        InProcessServerBuilder.forName("lanes-" + hashCode())
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    CallChain.of(
            POLICY,
            (_, _) -> Optional.of(new SpiffeId(peer)),
            new CallLimits(65_536, Duration.ofSeconds(10), Duration.ofSeconds(10), 100))
        .forEach(builder::intercept);
    try {
      return builder
          .addService(new LaneRouter(1, stress::get).of(new Play(_ -> answer("live"))))
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    held.countDown();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void call_ofEachLane_isServedByItsOwnSide() {
    open(_ -> answer("stress"));
    assertThat(grab(Lane.LANE_LIVE)).isEqualTo("live");
    assertThat(grab(Lane.LANE_STRESS)).isEqualTo("stress");
  }

  @Test
  void trial_whileTheLaneIsClosed_isRefusedAndNeverLive() {
    assertThat(refusal(Lane.LANE_STRESS)).isEqualTo(Reason.REASON_LANE_CLOSED);
    assertThat(grab(Lane.LANE_LIVE)).isEqualTo("live");
  }

  @Test
  void mark_byACallerWhoMayNotSetIt_isRefused() {
    open(_ -> answer("stress"));
    peer = "operator";
    assertThat(refusal(Lane.LANE_STRESS)).isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(grab(Lane.LANE_LIVE)).isEqualTo("live");
  }

  @Test
  void trials_beyondTheirBound_areLimitedWhileLiveCallsPass() throws InterruptedException {
    open(_ -> {
      entered.countDown();
      await(held);
      return answer("stress");
    });
    var first = CompletableFuture.supplyAsync(() -> grab(Lane.LANE_STRESS));
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(refusal(Lane.LANE_STRESS)).isEqualTo(Reason.REASON_LIMITED);
    assertThat(grab(Lane.LANE_LIVE)).isEqualTo("live");
    held.countDown();
    assertThat(first.join()).isEqualTo("stress");
    assertThat(grab(Lane.LANE_STRESS)).isEqualTo("stress");
  }

  private void open(Function<GrabRequest, GrabResponse> handler) {
    stress.set(Optional.of(LaneRouter.Side.of(List.of(new Play(handler)))));
  }

  private String grab(Lane lane) {
    var headers = new Metadata();
    headers.put(Identification.LANE, lane == Lane.LANE_STRESS ? "stress" : "live");
    return PlayServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .grab(Play.GOOD)
        .getOrderNo();
  }

  private Reason refusal(Lane lane) {
    var thrown = catchThrowableOfType(StatusRuntimeException.class, () -> grab(lane));
    return World.reason(thrown);
  }

  private static GrabResponse answer(String text) {
    return Play.answer(text);
  }

  private static void await(CountDownLatch latch) {
    try {
      var _ = latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
