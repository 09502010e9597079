package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.ResourceKind;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each kind of push does to an Envoy 1.40: the facts that the design stands on, so that an
/// upgrade that changes one is noticed.
@Tag("mesh")
final class PushTest {
  private static final String GRAB = "/v1/activities/spring/scenes/a/rounds/1:grab";
  private static final Ledger.Presence NOBODY_LISTENS =
      new Ledger.Presence() {
        @Override
        public void connected(Group group, String nodeId) {}

        @Override
        public void left(Group group, String nodeId) {}
      };

  @TempDir Path dir;
  private TestCa ca;
  private TestServices services;
  private TestKeys keys;
  private Topology topology;
  private MeshResources compiler;
  private Ledger ledger;
  private XdsServer xds;
  private TlsIdentity identity;
  private final List<EnvoyProcess> envoys = new ArrayList<>();
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    ca = TestCa.create(dir, List.of("order-center", "control-plane", "envoy-edge"));
    services = TestServices.start(ca, "order-center");
    keys = TestKeys.generate("k1");
    topology = topology("127.0.0.1");
    compiler = new MeshResources(topology, Contracts.load());
    ledger = new Ledger(InstantSource.system(), NOBODY_LISTENS);
    Path[] files = ca.files("control-plane");
    identity = TlsIdentity.open(new TlsConfig(files[0], files[1], files[2], Duration.ofMinutes(1)));
    xds = XdsServer.start(new Endpoint("127.0.0.1", EnvoyProcess.freePort()), identity, ledger);
    caller = new Caller(topology.edge().port());
  }

  @AfterEach
  void stop() {
    envoys.forEach(EnvoyProcess::close);
    caller.close();
    xds.close();
    identity.close();
    services.close();
  }

  @Test
  void bucket_isKeptOverEveryPush_butItsOwnAndTheListeners() throws Exception {
    Policy policy = limited(4);
    Inputs inputs = inputs(policy, Map.of());
    GroupResources first = compiler.compile(Group.GATEWAY, inputs);
    publish(first);
    edge("gateway-1");
    assertThat(admittedOf(10)).isEqualTo(4);

    publish(Changed.routes(first, "other words"));
    assertThat(admittedOf(10)).as("after RDS").isZero();
    publish(compiler.compile(Group.GATEWAY, inputs(policy, Map.of("wallet.view", 0))));
    assertThat(admittedOf(10)).as("after RTDS").isZero();
    var moved = new MeshResources(topology("127.0.0.2"), Contracts.load());
    publish(moved.compile(Group.GATEWAY, inputs));
    assertThat(admittedOf(10)).as("after EDS").isZero();
    keys = TestKeys.generate("k2");
    publish(compiler.compile(Group.GATEWAY, inputs(policy, Map.of())));
    assertThat(admittedOf(10)).as("after other session keys").isZero();

    publish(compiler.compile(Group.GATEWAY, inputs(limited(5), Map.of())));
    assertThat(admittedOf(10)).as("after its own ECDS").isEqualTo(5);
    publish(Changed.listener(compiler.compile(Group.GATEWAY, inputs(limited(5), Map.of()))));
    assertThat(admittedOf(10)).as("after LDS").isEqualTo(5);
  }

  @Test
  void filterNotDelivered_aLimitIsCautious_sessionsAnswerNotServing() throws Exception {
    GroupResources whole = compiler.compile(Group.GATEWAY, inputs(limited(4), Map.of()));
    publish(Changed.extensions(whole, name -> false));
    edge("gateway-1");
    EnvoyProcess.await("the port is open", () -> status(1) > 0);
    var json = caller.json("POST", GRAB, "{}", session(1));
    assertThat(json.status()).isEqualTo(503);
    assertThat(json.refused().reason()).isEqualTo("NOT_SERVING");

    publish(Changed.extensions(whole, name -> !name.startsWith("limit.")));
    EnvoyProcess.await("sessions are known", () -> status(1) == 200);
    assertThat(admittedOf(20)).isEqualTo(20);
    publish(whole);
    assertThat(admittedOf(20)).isEqualTo(4);
  }

  @Test
  void resourceRefusedAtTheFirstFetch_doesNotSpin_andTheGoodOneHeals() throws Exception {
    GroupResources good = compiler.compile(Group.GATEWAY, inputs(limited(4), Map.of()));
    xds.publish(Group.GATEWAY, Changed.routes(good, ""));
    launch("gateway-1");
    EnvoyProcess.await("it is refused", () -> refusals() >= 1);
    long began = System.nanoTime();
    int before = refusals();
    while (System.nanoTime() - began < Duration.ofSeconds(3).toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(refusals() - before).isLessThanOrEqualTo(8);
    xds.publish(Group.GATEWAY, good);
    EnvoyProcess.await("it serves", () -> status(1) == 200);
  }

  @Test
  void limit_isDividedByTheGatewaysThereAre() throws Exception {
    Policy policy = limited(8);
    var two =
        new Inputs(
            policy,
            Map.of(),
            Optional.of(keys.jwks()),
            List.of(new Endpoint("127.0.0.2", 1), new Endpoint("127.0.0.3", 1)));
    publish(compiler.compile(Group.GATEWAY, two));
    edge("gateway-1");
    assertThat(admittedOf(10)).isEqualTo(4);
  }

  // --- pushes ----------------------------------------------------------------------------------

  private void publish(GroupResources resources) {
    xds.publish(Group.GATEWAY, resources);
    if (!envoys.isEmpty()) {
      awaitCurrent();
    }
  }

  private void awaitCurrent() {
    EnvoyProcess.await("the edge runs what was pushed", this::current);
  }

  /// Whether everything that is in force was acknowledged.
  private boolean current() {
    var acknowledged = new HashMap<ResourceKind, Map<String, String>>();
    for (var node : ledger.standings()) {
      for (Delivery delivery : node.deliveries()) {
        acknowledged
            .computeIfAbsent(delivery.kind(), _ -> new HashMap<>())
            .put(delivery.name(), delivery.acknowledged());
      }
    }
    var inForce = new HashMap<>(xds.versions(Group.GATEWAY));
    inForce.values().removeIf(Map::isEmpty);
    return inForce.equals(acknowledged);
  }

  /// How often the routes were refused.
  private int refusals() {
    return ledger.standings().stream()
        .flatMap(node -> node.deliveries().stream())
        .filter(delivery -> delivery.kind() == ResourceKind.RDS)
        .mapToInt(Delivery::refusals)
        .sum();
  }

  // --- parts -----------------------------------------------------------------------------------

  /// So many grabs at once, and as good as none more.
  private static Policy limited(int many) {
    return StaticEdge.policy(
        StaticEdge.grabLimit(many, Duration.ofHours(1), Duration.ofHours(1)),
        StaticEdge.drop(),
        StaticEdge.walletOff());
  }

  private Inputs inputs(Policy policy, Map<String, Integer> switches) {
    return new Inputs(policy, switches, Optional.of(keys.jwks()), List.of(topology.edge()));
  }

  private int admittedOf(int many) throws GeneralSecurityException {
    int admitted = 0;
    for (int i = 0; i < many; i++) {
      admitted += status(1) == 200 ? 1 : 0;
    }
    return admitted;
  }

  private int status(long user) {
    try {
      return caller.json("POST", GRAB, "{}", session(user)).status();
    } catch (AssertionError notListening) {
      return 0;
    }
  }

  private Map<String, String> session(long user) {
    try {
      return Map.of("authorization", "Bearer " + keys.session(user));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void edge(String node) throws Exception {
    launch(node);
    awaitCurrent();
  }

  private void launch(String node) throws Exception {
    Path[] files = ca.files("envoy-edge");
    int admin = EnvoyProcess.freePort();
    var places = new HashMap<String, String>();
    places.put("node", node);
    places.put("admin.port", Integer.toString(admin));
    places.put("xds.host", "127.0.0.1");
    places.put("xds.port", Integer.toString(xds.port()));
    places.put("certificate", files[0].toString());
    places.put("key", files[1].toString());
    places.put("ca", files[2].toString());
    places.put("max.connections", "1000");
    String text =
        Files.readString(Path.of(System.getProperty("lantern.checkout", ".."), "envoy/edge.yaml"));
    for (var place : places.entrySet()) {
      text = text.replace("${" + place.getKey() + "}", place.getValue());
    }
    Path config = dir.resolve(node + ".yaml");
    Files.writeString(config, text);
    envoys.add(EnvoyProcess.launch(config, admin, dir));
  }

  private Topology topology(String host) throws Exception {
    int edgePort = topology == null ? EnvoyProcess.freePort() : topology.edge().port();
    var edge = new Endpoint("127.0.0.1", edgePort);
    var service = new Endpoint(host, services.endpoint().port());
    return new Topology(
        StaticEdge.SERVICES.stream().map(name -> new Service(name, List.of(service))).toList(),
        edge,
        edge,
        Map.of(),
        Optional.empty(),
        ca.trust(),
        Map.of(Group.GATEWAY, ca.identity("envoy-edge")),
        2);
  }
}
