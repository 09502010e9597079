package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.common.v1.Reason;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.Identification;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real server and real channels over real mutual TLS.
@Timeout(60)
class ServiceHostTest {

  private static final AccessPolicy POLICY =
      AccessPolicy.builder().users(PlayServiceGrpc.getGrabMethod(), "wallet-api").build();

  @TempDir static Path home;
  @TempDir static Path elsewhere;

  private static DevPki pki;
  private static DevPki foreign;

  private final int base = FreePorts.base();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Telemetry telemetry = Telemetry.quiet("test");
  private final AtomicBoolean dependencyUp = new AtomicBoolean(true);

  @BeforeAll
  static void certificates() {
    pki = authority(home);
    foreign = authority(elsewhere);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void caller_isTheOneInTheCertificate_whateverItsHeadersSay() {
    host(ServiceHostTest::whoAmI);
    var headers = new Metadata();
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/operator");
    var stub =
        stub(channel("wallet-api", pki, "order-center"))
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    assertThat(stub.grab(Play.GOOD).getOrderNo()).isEqualTo("wallet-api Optional.empty");
  }

  @Test
  void edge_speaksForItsUser() {
    host(ServiceHostTest::whoAmI);
    var headers = new Metadata();
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    var edge = stub(channel("envoy-edge", pki, "order-center"));
    assertThat(
            edge.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .grab(Play.GOOD)
                .getOrderNo())
        .isEqualTo("envoy-edge Optional[User[actId=42, appId=3]]");
    assertThat(reason(failure(edge))).isEqualTo(Reason.REASON_UNAUTHENTICATED);
  }

  @Test
  void caller_notInThePolicy_isForbidden() {
    host(ServiceHostTest::whoAmI);
    var e = failure(stub(channel("counter-service", pki, "order-center")));
    assertThat(reason(e)).isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void caller_ofAnotherAuthority_cannotConnect() {
    host(ServiceHostTest::whoAmI);
    var tls = tls("wallet-api", foreign);
    var mixed = new TlsConfig(tls.certificate(), tls.key(), pki.authority(), tls.reload());
    var e = failure(stub(channel(mixed, "order-center")));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Failures.refusedBy(e)).isEmpty();
  }

  @Test
  void caller_withoutACertificate_cannotConnect() throws Exception {
    host(ServiceHostTest::whoAmI);
    ManagedChannel bare =
        NettyChannelBuilder.forAddress("127.0.0.1", base)
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build())
            .build();
    open.addFirst(bare::shutdownNow);
    assertThat(failure(stub(bare)).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void channel_toAServerThatIsSomebodyElse_isNotOpened() {
    host(ServiceHostTest::whoAmI);
    var e = failure(stub(channel("wallet-api", pki, "token-service")));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Failures.refusedBy(e)).isEmpty();
  }

  @Test
  void method_nobodyServes_isRefusedInOurShape() {
    host(ServiceHostTest::whoAmI);
    var channel = channel("wallet-api", pki, "order-center");
    assertThat(unknownMethod(channel, "lantern.x.v1.X/Do")).isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(unknownMethod(channel, "grpc.health.v1.Health/Do"))
        .isEqualTo(Reason.REASON_METHOD_NOT_ALLOWED);
  }

  private static Reason unknownMethod(ManagedChannel channel, String name) {
    var unknown = PlayServiceGrpc.getGrabMethod().toBuilder().setFullMethodName(name).build();
    return reason(
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(channel, unknown, CallOptions.DEFAULT, Play.GOOD)));
  }

  @Test
  void request_overTheBoundButNotAbsurd_isTooLarge() {
    host(ServiceHostTest::whoAmI);
    var stub = stub(channel("wallet-api", pki, "order-center"));
    var large = Play.GOOD.toBuilder().setRequestId("x".repeat(70_000)).build();
    var e = catchThrowableOfType(StatusRuntimeException.class, () -> stub.grab(large));
    assertThat(reason(e)).isEqualTo(Reason.REASON_TOO_LARGE);
  }

  @Test
  void health_followsEachDependency_andTheServiceStaysUp() {
    host(ServiceHostTest::whoAmI);
    var health = HealthGrpc.newBlockingStub(channel("envoy-mesh", pki, "order-center"));
    Iterator<?> changes = health.withDeadlineAfter(20, TimeUnit.SECONDS).watch(request("thing"));
    awaitStatus(changes, ServingStatus.SERVING);
    dependencyUp.set(false);
    awaitStatus(changes, ServingStatus.NOT_SERVING);
    assertThat(health.check(request("")).getStatus()).isEqualTo(ServingStatus.SERVING);
    dependencyUp.set(true);
    awaitStatus(changes, ServingStatus.SERVING);
  }

  @Test
  void metrics_afterCalls_tellDurationsAndRefusals() throws Exception {
    try (var measured =
        Telemetry.start(
            new TelemetryConfig(Optional.empty(), 1), "order-center", "127.0.0.1", base + 100)) {
      measured.gauge("mysql.connections.used", () -> 7);
      host(ServiceHostTest::whoAmI, measured);
      var stub = stub(channel("counter-service", pki, "order-center"));
      assertThat(reason(failure(stub))).isEqualTo(Reason.REASON_FORBIDDEN);
      String text = scrape();
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
        host(
            _ -> {
              begun.countDown();
              await(release);
              return Play.answer("in the end");
            },
            telemetry,
            closed::countDown);
    var channel = channel("wallet-api", pki, "order-center");
    var health = HealthGrpc.newBlockingStub(channel);
    Iterator<?> changes = health.withDeadlineAfter(20, TimeUnit.SECONDS).watch(request(""));
    awaitStatus(changes, ServingStatus.SERVING);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call =
          threads.submit(
              () -> stub(channel).withDeadlineAfter(9, TimeUnit.SECONDS).grab(Play.GOOD));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      var closing = threads.submit(host::close);
      awaitStatus(changes, ServingStatus.NOT_SERVING);
      awaitRefused();
      var ended = catchThrowableOfType(StatusRuntimeException.class, changes::hasNext);
      assertThat(reason(ended)).as("a stream").isEqualTo(Reason.REASON_NOT_SERVING);
      assertThat(closed.getCount()).as("what the call needs is still open").isEqualTo(1);
      release.countDown();
      assertThat(call.get().getOrderNo()).isEqualTo("in the end");
      closing.get(10, TimeUnit.SECONDS);
    }
    assertThat(closed.getCount()).isZero();
  }

  // A new connection is refused once the port is closed.
  private void awaitRefused() {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!FreePorts.free(base)) {
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

  private static GrabResponse whoAmI(GrabRequest request) {
    var context = RequestContext.current();
    return Play.answer(context.caller().name() + " " + context.user());
  }

  private void host(Function<GrabRequest, GrabResponse> handler) {
    var _ = host(handler, telemetry);
  }

  private ServiceHost host(
      Function<GrabRequest, GrabResponse> handler, Telemetry measured, AutoCloseable... onStop) {
    var config =
        new ServerConfig(
            "127.0.0.1",
            base,
            base + 100,
            tls("order-center", pki),
            65_536,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            100,
            Duration.ofMillis(50),
            Duration.ofSeconds(10));
    var builder =
        ServiceHost.builder("order-center", config, identity(config.tls()), measured)
            .access(POLICY)
            .service(new Play(handler))
            .health(
                "thing",
                () -> {
                  if (!dependencyUp.get()) {
                    throw new IllegalStateException("down");
                  }
                });
    for (AutoCloseable one : onStop) {
      builder.onStop(one);
    }
    ServiceHost host = builder.start();
    open.addFirst(host);
    return host;
  }

  private ManagedChannel channel(String as, DevPki authority, String to) {
    return channel(tls(as, authority), to);
  }

  private ManagedChannel channel(TlsConfig as, String to) {
    var channels = new Channels(identity(as), telemetry, Duration.ofSeconds(5));
    open.addFirst(channels);
    return channels.to(new ServiceAddress("127.0.0.1", base, to));
  }

  private TlsIdentity identity(TlsConfig config) {
    var identity = TlsIdentity.open(config);
    open.addLast(identity);
    return identity;
  }

  private static TlsConfig tls(String name, DevPki authority) {
    try {
      var leaf = authority.leaf(name);
      return new TlsConfig(leaf.certificate(), leaf.key(), leaf.authority(), Duration.ofMinutes(1));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static DevPki authority(Path at) {
    var opened = Home.open(at);
    return new DevPki(opened, new Secrets(opened, new SecureRandom()));
  }

  private String scrape() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (base + 100) + "/metrics"))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private static PlayServiceBlockingStub stub(ManagedChannel channel) {
    return PlayServiceGrpc.newBlockingStub(channel);
  }

  private static StatusRuntimeException failure(PlayServiceBlockingStub stub) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> stub.grab(Play.GOOD));
  }

  private static Reason reason(StatusRuntimeException e) {
    return Failures.refusedBy(e).orElseThrow(() -> e).reason();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
