package dev.lantern.controlplane.ratelimit.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import dev.lantern.controlplane.envoy.EnvoyProcess;
import dev.lantern.controlplane.envoy.TestCa;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.MemoryBuckets;
import dev.lantern.controlplane.ratelimit.decide.AskLane;
import dev.lantern.controlplane.ratelimit.decide.AskQueue;
import dev.lantern.controlplane.ratelimit.decide.Holdings;
import dev.lantern.controlplane.ratelimit.decide.Limiter;
import dev.lantern.controlplane.ratelimit.decide.Standing;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import dev.lantern.controlplane.ratelimit.rule.Rules;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.Telemetry;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The port, over mutual TLS.
class LimitServerTest {
  private final Standing standing = new Standing();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ActiveRules rules = new ActiveRules();
  @TempDir static Path dir;
  private static TestCa ca;
  private LimitServer server;
  private Thread lane;

  @BeforeAll
  static void issue() throws Exception {
    ca = TestCa.create(dir, List.of("ratelimit", "envoy-edge", "wallet-api"));
  }

  @BeforeEach
  void start() throws Exception {
    var queue = new AskQueue(standing);
    var holdings = new Holdings(queue, 100_000);
    rules.set(RuleSet.of(1, List.of(Rules.global("g", 1))));
    standing.answered();
    lane =
        Thread.ofPlatform()
            .daemon()
            .start(
                new AskLane(
                    new Lane("test", 0),
                    queue,
                    new MemoryBuckets(() -> System.nanoTime() / 1_000),
                    holdings,
                    standing,
                    Duration.ofSeconds(10),
                    System::nanoTime));
    var decisions = new Decisions(rules, new Limiter(holdings, System::nanoTime));
    server =
        LimitServer.start(
            config(), identity("ratelimit"), decisions, Set.of("envoy-edge", "ratelimit"));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    server.close();
    lane.interrupt();
  }

  private TlsConfig tls(String name) throws Exception {
    Path[] files = ca.files(name);
    return new TlsConfig(files[0], files[1], files[2], Duration.ofMinutes(1));
  }

  private TlsIdentity identity(String name) throws Exception {
    TlsIdentity identity = TlsIdentity.open(tls(name));
    open.add(identity);
    return identity;
  }

  private ServerConfig config() throws Exception {
    return new ServerConfig(
        "127.0.0.1",
        0,
        0,
        tls("ratelimit"),
        65_536,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        100,
        Duration.ZERO,
        Duration.ofSeconds(1));
  }

  private Channel as(String name) throws Exception {
    var channels = new Channels(identity(name), Telemetry.quiet("test"), Duration.ofSeconds(10));
    open.add(channels);
    return channels.to(new ServiceAddress("127.0.0.1", server.port(), "ratelimit"));
  }

  private static Code ask(Channel channel) {
    var entry = RateLimitDescriptor.Entry.newBuilder().setKey("rule").setValue("g");
    var request =
        RateLimitRequest.newBuilder()
            .setDomain("lantern")
            .addDescriptors(RateLimitDescriptor.newBuilder().addEntries(entry));
    return RateLimitServiceGrpc.newBlockingStub(channel)
        .shouldRateLimit(request.build())
        .getOverallCode();
  }

  private static ServingStatus health(Channel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  @Test
  void envoys_areDecidedFor() throws Exception {
    Channel edge = as("envoy-edge");

    assertThat(ask(edge)).isEqualTo(Code.OK);
    assertThat(ask(edge)).isEqualTo(Code.OVER_LIMIT);
  }

  @Test
  void others_areForbidden_butMaySeeHealth() throws Exception {
    Channel wallet = as("wallet-api");
    StatusRuntimeException thrown =
        catchThrowableOfType(StatusRuntimeException.class, () -> ask(wallet));

    var status = StatusProto.fromThrowable(thrown);
    assertThat(status).isNotNull();
    if (status != null) {
      assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("FORBIDDEN");
    }
    assertThat(health(wallet)).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void health_saysWhatItIsTold() throws Exception {
    Channel edge = as("envoy-edge");

    assertThat(health(edge)).isEqualTo(ServingStatus.NOT_SERVING);
    server.ready(true, true);
    EnvoyProcess.await("it is ready", () -> health(edge) == ServingStatus.SERVING);
    server.ready(false, false);
    EnvoyProcess.await("it is not", () -> health(edge) == ServingStatus.NOT_SERVING);
  }

  @Test
  void warmUp_endsWhenItIsQuick_andCountsForNobody() throws Exception {
    var warmUp = new WarmUp(as("ratelimit"), Duration.ofSeconds(10), System::nanoTime);

    assertThat(warmUp.run(Duration.ofSeconds(60))).isTrue();
    assertThat(rules.all().getFirst().tally().allowed().sum()).isZero();
    assertThat(ask(as("envoy-edge"))).isEqualTo(Code.OK);
  }

  @Test
  void warmUp_withoutItsStore_givesUpInTime() throws Exception {
    for (int i = 0; i < Standing.PATIENCE; i++) {
      standing.failed();
    }

    var warmUp = new WarmUp(as("ratelimit"), Duration.ofSeconds(10), System::nanoTime);

    assertThat(warmUp.run(Duration.ofMillis(500))).isFalse();
  }

  @Test
  void warmUp_thatIsNeverQuick_endsInTime() throws Exception {
    var warmUp = new WarmUp(as("ratelimit"), Duration.ofNanos(1), System::nanoTime);

    assertThat(warmUp.run(Duration.ofMillis(500))).isFalse();
  }
}
