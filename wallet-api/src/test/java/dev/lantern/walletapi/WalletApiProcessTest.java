package dev.lantern.walletapi;

import static dev.lantern.walletapi.EdgeCalls.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.sdk.session.AppAssertions;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.ListFlowsRequest;
import dev.lantern.wallet.v1.Wallet;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// wallet-api as the stack starts it: a process of its own, over mutual TLS, on the real engines.
@Tag("engine")
class WalletApiProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void process_withItsConfiguration_opensSessionsShowsWalletsAndDrains() throws Exception {
    Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A);
    OrderCenterTraces.schema(engines);
    KeyPair app = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    int port = FreePorts.base();
    try (var neighbours = new Neighbours(engines);
        var edge = new Client(engines, "envoy-edge", port);
        var operator = new Client(engines, "operator", port)) {
      Process process = start(config(engines, neighbours, app, port));
      try {
        awaitServing(operator.channel, process);

        var assertions =
            new AppAssertions(1, app.getPrivate(), InstantSource.system(), new SecureRandom());
        long actId = actIdOf(firstSession(edge, assertions));
        assertThat(actIdOf(session(edge, assertions.of("user-1")))).isEqualTo(actId);
        assertThat(actIdOf(session(edge, assertions.of("user-2")))).isNotEqualTo(actId);
        String spent = assertions.of("user-1");
        session(edge, spent);
        assertThat(refusalOf(() -> session(edge, spent)).getReason()).isEqualTo("BAD_ASSERTION");

        assertThat(wallet(edge, actId).getDegradedSourcesList())
            .as("nobody has set an epoch")
            .containsExactly("tokens");
        OrderCenterTraces.promise(engines, actId, 88);
        Wallet promised = wallet(edge, actId);
        assertThat(promised.getDegradedSourcesList()).isEmpty();
        assertThat(promised.getActivityId()).isEqualTo("spring-official");
        assertThat(promised.getBalanceFen()).isEqualTo(88);
        assertThat(promised.getPendingCount()).isEqualTo(1);
        var flows =
            WalletServiceGrpc.newBlockingStub(edge.channel)
                .withInterceptors(EdgeCalls.user(actId, "live"))
                .listFlows(ListFlowsRequest.newBuilder().setActivityId("spring").build());
        assertThat(flows.getFlowsList()).hasSize(1);

        assertThat(refusalOf(() -> wallet(operator, actId)).getReason()).isEqualTo("FORBIDDEN");
        assertThat(
                refusalOf(
                        () -> WalletServiceGrpc.newBlockingStub(edge.channel).getWallet(request()))
                    .getReason())
            .isEqualTo("UNAUTHENTICATED");

        neighbours.orderCenter.close();
        assertThat(wallet(edge, actId).getBalanceFen()).isEqualTo(88);
      } finally {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("drains on SIGTERM").isTrue();
      }
    }
  }

  @Test
  void process_withAKeyNobodyReads_refusesToStart() throws Exception {
    Path config = directory.resolve("bad.yaml");
    Files.writeString(config, "sweep_evry: 10s\n");
    Process process = start(config);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(Files.readString(log())).contains("sweep_evry").contains("sweep_every");
  }

  private Path config(Engines engines, Neighbours neighbours, KeyPair app, int port)
      throws IOException, InterruptedException {
    var leaf = engines.pki().leaf("wallet-api");
    Files.writeString(
        directory.resolve("demo.pub.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(app.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    Path registry = directory.resolve("apps.yaml");
    Files.writeString(
        registry, "apps: [{app_id: 1, name: demo, keys: [{pem_file: demo.pub.pem}]}]\n");
    Path config = directory.resolve("wallet-api.yaml");
    Files.writeString(
        config,
        """
        server:
          port: %d
          metrics_port: %d
          tls: {certificate: %s, key: %s, ca: %s}
        database:
          host: 127.0.0.1
          port: %d
          password: %s
          tls: {verify: ca, ca: %s}
        redis_a: {addresses: ["%s"], password: %s, call_timeout: 4s}
        call_deadline: 4s
        order_center: {port: %d}
        token_service: {port: %d}
        control_plane: {port: %d}
        switches: {last_known: %s}
        app_registry: %s
        """
            .formatted(
                port,
                port + 1,
                leaf.certificate(),
                leaf.key(),
                leaf.authority(),
                engines.port(Engine.MARIADB),
                engines.password(Account.WALLET_API),
                leaf.authority(),
                engines.address(Engine.REDIS_A),
                engines.redisPassword(Engine.REDIS_A),
                neighbours.orderCenter.port(),
                neighbours.tokenService.port(),
                port + 2,
                directory.resolve("switches.json"),
                registry));
    return config;
  }

  private Path log() {
    return directory.resolve("process.log");
  }

  private Process start(Path config) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-cp", classPath));
    command.addAll(List.of("dev.lantern.walletapi.Main", "--config", config.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private void awaitServing(ManagedChannel channel, Process process) throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!isServing(channel)) {
      assertThat(process.isAlive() && System.nanoTime() < until)
          .as("it serves; its log:\n%s", Files.readString(log()))
          .isTrue();
    }
  }

  private static boolean isServing(ManagedChannel channel) {
    try {
      var answer =
          HealthGrpc.newBlockingStub(channel)
              .withWaitForReady()
              .withDeadlineAfter(1, TimeUnit.SECONDS)
              .check(HealthCheckRequest.newBuilder().setService("mysql").build());
      return answer.getStatus() == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  private static String session(Client edge, String assertion) {
    return IdentityServiceGrpc.newBlockingStub(edge.channel)
        .createSession(CreateSessionRequest.newBuilder().setAssertion(assertion).build())
        .getSession();
  }

  /// On a cold process and a busy machine the first calls may be late; a client comes back with a
  /// new assertion.
  private static String firstSession(Client edge, AppAssertions assertions) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return session(edge, assertions.of("user-1"));
      } catch (StatusRuntimeException late) {
        if (late.getStatus().getCode() != Status.Code.UNAVAILABLE || System.nanoTime() > until) {
          throw late;
        }
      }
    }
  }

  private static long actIdOf(String session) {
    return Long.parseLong(session.substring(0, session.indexOf('@')));
  }

  private static Wallet wallet(Client client, long actId) {
    return WalletServiceGrpc.newBlockingStub(client.channel)
        .withInterceptors(EdgeCalls.user(actId, "live"))
        .getWallet(request())
        .getWallet();
  }

  private static GetWalletRequest request() {
    return GetWalletRequest.newBuilder().setActivityId("spring").build();
  }

  /// A channel with the certificate of another process.
  private static final class Client implements AutoCloseable {
    private final TlsIdentity identity;
    private final Telemetry telemetry;
    private final Channels channels;
    final ManagedChannel channel;

    Client(Engines engines, String name, int port) throws IOException, InterruptedException {
      identity = TlsIdentity.open(Neighbours.tls(engines, name));
      telemetry = Telemetry.quiet(name);
      channels = new Channels(identity, telemetry, Duration.ofSeconds(5));
      channel = channels.to(new ServiceAddress("127.0.0.1", port, "wallet-api"));
    }

    @Override
    public void close() {
      channels.close();
      identity.close();
      telemetry.close();
    }
  }
}
