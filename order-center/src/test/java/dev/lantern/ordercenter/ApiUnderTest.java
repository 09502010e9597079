package dev.lantern.ordercenter;

import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.CampaignServiceGrpc.CampaignServiceBlockingStub;
import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.order.v1.AccountingServiceGrpc;
import dev.lantern.order.v1.AccountingServiceGrpc.AccountingServiceBlockingStub;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.BudgetServiceGrpc.BudgetServiceBlockingStub;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.lantern.order.v1.ParkedServiceGrpc;
import dev.lantern.order.v1.ParkedServiceGrpc.ParkedServiceBlockingStub;
import dev.lantern.order.v1.ReconciliationServiceGrpc;
import dev.lantern.order.v1.ReconciliationServiceGrpc.ReconciliationServiceStub;
import dev.lantern.order.v1.ReissueServiceGrpc;
import dev.lantern.order.v1.ReissueServiceGrpc.ReissueServiceBlockingStub;
import dev.lantern.order.v1.ReissueServiceGrpc.ReissueServiceStub;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.Identification;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.sql.Database;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The role `api` as production wires it, on real engines and over mutual TLS, with clients that
/// speak as the edge and as an operator. Only token-service and the feed of switches are a test's
/// own.
public final class ApiUnderTest implements AutoCloseable {
  private final Engines engines;
  private final Telemetry telemetry = Telemetry.quiet("test");
  private final TestTokenService tokens = new TestTokenService();
  private final TestSwitches switches = new TestSwitches();
  private final ServiceHost tokenHost;
  private final ServiceHost api;
  private final Channels edge;
  private final Channels operator;
  private final ManagedChannel edgeChannel;
  private final ManagedChannel operatorChannel;
  private final OrderCenterConfig config;
  private final Channels approver;
  private final ManagedChannel approverChannel;

  public ApiUnderTest(Engines engines, Path directory, String instance)
      throws IOException, InterruptedException {
    this(
        engines,
        directory,
        instance,
        engines.address(Engine.REDIS_A),
        engines.address(Engine.KAFKA));
  }

  /// One that is told to look for Redis A and Kafka there.
  public ApiUnderTest(Engines engines, Path directory, String instance, String redisA, String kafka)
      throws IOException, InterruptedException {
    this.engines = engines;
    tokenHost =
        ServiceHost.builder(
                "token-service", server("token-service"), identity("token-service"), telemetry)
            .service(tokens)
            .service(switches)
            .access(
                AccessPolicy.builder()
                    .service(TokenServiceGrpc.SERVICE_NAME, "order-center")
                    .service(SwitchServiceGrpc.SERVICE_NAME, "order-center")
                    .build())
            .start();
    Path yaml = directory.resolve(instance + ".yaml");
    Files.writeString(yaml, yaml(directory, instance, redisA, kafka));
    config = Config.load(OrderCenterConfig.class, yaml, Map.of());
    Migrations.run(config.database(), Duration.ofSeconds(10));
    api = ApiWiring.start(config, () -> new Moment(System.nanoTime(), Instant.now()));
    edge = new Channels(identity("envoy-edge"), telemetry, Duration.ofSeconds(2));
    operator = new Channels(identity("operator"), telemetry, Duration.ofSeconds(5));
    ServiceAddress address = new ServiceAddress("127.0.0.1", api.port(), "order-center");
    edgeChannel = edge.to(address);
    operatorChannel = operator.to(address);
    approver = new Channels(identity("approver"), telemetry, Duration.ofSeconds(5));
    approverChannel = approver.to(address);
  }

  public TestTokenService tokens() {
    return tokens;
  }

  /// What the control plane says of switches.
  TestSwitches switches() {
    return switches;
  }

  /// The play service as this user sees it through the edge.
  public PlayServiceBlockingStub play(long actId) {
    return PlayServiceGrpc.newBlockingStub(edgeChannel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(user(actId)));
  }

  /// The orders as this user sees them through the edge.
  public OrderServiceBlockingStub ordersOf(long actId) {
    return OrderServiceGrpc.newBlockingStub(edgeChannel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(user(actId)));
  }

  public OrderServiceBlockingStub orders() {
    return OrderServiceGrpc.newBlockingStub(operatorChannel);
  }

  /// The one number `n` that this reads from its database.
  public long one(String sql, Object... args) {
    try (Database database = Database.open(config.database(), "test")) {
      return database.query(sql, args).getFirst().getLong("n");
    }
  }

  /// Whether health says SERVING under this name.
  public boolean health(String name) {
    return HealthGrpc.newBlockingStub(operatorChannel)
            .check(HealthCheckRequest.newBuilder().setService(name).build())
            .getStatus()
        == HealthCheckResponse.ServingStatus.SERVING;
  }

  public CampaignServiceBlockingStub campaigns() {
    return CampaignServiceGrpc.newBlockingStub(operatorChannel);
  }

  public BudgetServiceBlockingStub budgets() {
    return BudgetServiceGrpc.newBlockingStub(operatorChannel);
  }

  /// Reissues as this operator or approver sees them.
  public ReissueServiceBlockingStub reissues(String who) {
    return ReissueServiceGrpc.newBlockingStub(
        who.equals("approver") ? approverChannel : operatorChannel);
  }

  public ReissueServiceStub reissueStream() {
    return ReissueServiceGrpc.newStub(operatorChannel);
  }

  public ReconciliationServiceStub reconciliationStream() {
    return ReconciliationServiceGrpc.newStub(operatorChannel);
  }

  public ParkedServiceBlockingStub parked() {
    return ParkedServiceGrpc.newBlockingStub(operatorChannel);
  }

  public AccountingServiceBlockingStub accounting() {
    return AccountingServiceGrpc.newBlockingStub(operatorChannel);
  }

  @Override
  public void close() {
    approver.close();
    edge.close();
    operator.close();
    api.close();
    tokenHost.close();
  }

  private static Metadata user(long actId) {
    Metadata headers = new Metadata();
    headers.put(Identification.ACT_ID, Long.toString(actId));
    headers.put(Identification.APP_ID, "7");
    headers.put(Identification.LANE, "live");
    return headers;
  }

  private TlsConfig tls(String name) throws IOException, InterruptedException {
    Leaf leaf = engines.pki().leaf(name);
    return new TlsConfig(leaf.certificate(), leaf.key(), leaf.authority(), Duration.ofMinutes(1));
  }

  private TlsIdentity identity(String name) throws IOException, InterruptedException {
    return TlsIdentity.open(tls(name));
  }

  private ServerConfig server(String name) throws IOException, InterruptedException {
    return new ServerConfig(
        "127.0.0.1",
        0,
        0,
        tls(name),
        4 << 20,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        2000,
        Duration.ZERO,
        Duration.ofSeconds(1));
  }

  private String yaml(Path directory, String instance, String redisA, String kafka)
      throws IOException, InterruptedException {
    Leaf leaf = engines.pki().leaf("order-center");
    return """
    role: api
    instance: %s
    server:
      port: 0
      metrics_port: 0
      drain_delay: 0ms
      tls: {certificate: "%s", key: "%s", ca: "%s"}
    database:
      host: 127.0.0.1
      port: %d
      password: "%s"
      tls: {verify: identity, ca: "%s"}
    redis_a: {addresses: ["%s"], password: "%s"}
    kafka: {bootstrap_servers: "%s"}
    api:
      token_service: {host: 127.0.0.1, port: %d, authority: token-service}
      control_plane: {host: 127.0.0.1, port: %d, authority: token-service}
      switches: {last_known: "%s"}
      draw_secret: "a secret for tests alone"
    """
        .formatted(
            instance,
            leaf.certificate(),
            leaf.key(),
            leaf.authority(),
            engines.port(Engine.MARIADB),
            engines.password(Account.ORDER_CENTER),
            leaf.authority(),
            redisA,
            engines.redisPassword(Engine.REDIS_A),
            kafka,
            tokenHost.port(),
            tokenHost.port(),
            directory.resolve(instance + "-switches.json"));
  }
}
