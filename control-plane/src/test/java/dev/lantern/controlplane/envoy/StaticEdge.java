package dev.lantern.controlplane.envoy;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Instead;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Sharing;
import dev.lantern.controlplane.policy.Target;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.EdgeSurface;
import dev.lantern.controlplane.resources.EnvoyJson;
import dev.lantern.controlplane.resources.Inliner;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An edge Envoy that runs from one file, with real services behind it.
public final class StaticEdge implements AutoCloseable {
  public static final List<String> SERVICES =
      List.of("order-center", "wallet-api", "token-service", "counter-service", "control-plane");

  public final TestKeys keys;
  public final Caller caller;
  public final EnvoyProcess envoy;
  public final int port;
  private final List<TestServices> services;

  private StaticEdge(TestKeys keys, int port, EnvoyProcess envoy, List<TestServices> services) {
    this.keys = keys;
    this.port = port;
    this.caller = new Caller(port);
    this.envoy = envoy;
    this.services = services;
  }

  /// What an edge is made of beside its policy.
  ///
  /// @param alive the services that are there
  public record Made(EdgeSurface surface, List<String> alive) {
    static Made plainly() {
      return new Made(EdgeSurface.bare(), List.of("order-center"));
    }
  }

  /// Starts it. wallet-api is not there, so that a dead service can be seen; counter-service, too.
  public static StaticEdge start(Path dir, Policy policy, Map<String, Integer> switches)
      throws IOException, GeneralSecurityException, InterruptedException {
    return start(dir, policy, switches, Made.plainly());
  }

  public static StaticEdge start(Path dir, Policy policy, Map<String, Integer> switches, Made made)
      throws IOException, GeneralSecurityException, InterruptedException {
    var identities = new ArrayList<>(made.alive());
    identities.addAll(List.of("envoy-edge", "envoy-mesh"));
    TestCa ca = TestCa.create(dir, identities);
    var alive = new HashMap<String, TestServices>();
    for (String name : made.alive()) {
      alive.put(name, TestServices.start(ca, name));
    }
    TestKeys keys = TestKeys.generate("k1");
    int edgePort = EnvoyProcess.freePort();
    int adminPort = EnvoyProcess.freePort();
    Topology topology = topology(dir, ca, edgePort, alive);
    var resources = new MeshResources(topology, Contracts.load(), made.surface());
    var inputs = new Inputs(policy, switches, Optional.of(keys.jwks()), List.of(topology.edge()));
    var bootstrap =
        Inliner.bootstrap(
            resources.compile(Group.GATEWAY, inputs),
            "gateway-1",
            Optional.of(new Endpoint("127.0.0.1", adminPort)));
    Path config = dir.resolve("edge.json");
    Files.writeString(config, EnvoyJson.print(bootstrap));
    EnvoyProcess envoy = EnvoyProcess.start(config, adminPort, dir);
    return new StaticEdge(keys, edgePort, envoy, List.copyOf(alive.values()));
  }

  private static Topology topology(
      Path dir, TestCa ca, int edgePort, Map<String, TestServices> alive)
      throws GeneralSecurityException {
    var nowhere = new Endpoint("127.0.0.1", EnvoyProcess.freePort());
    return new Topology(
        SERVICES.stream()
            .map(name ->
                new Service(
                    name,
                    List.of(
                        Optional.ofNullable(alive.get(name))
                            .map(TestServices::endpoint)
                            .orElse(nowhere))))
            .toList(),
        new Endpoint("127.0.0.1", edgePort),
        new Endpoint("127.0.0.1", EnvoyProcess.freePort()),
        Map.of(Group.GATEWAY, dir.resolve("access.log").toString()),
        Optional.empty(),
        ca.trust(),
        Map.of(Group.GATEWAY, ca.identity("envoy-edge"), Group.MESH, ca.identity("envoy-mesh")),
        2);
  }

  public Map<String, String> session(long actId) throws GeneralSecurityException {
    return Map.of("authorization", "Bearer " + keys.session(actId));
  }

  public static Policy policy(Rule... rules) {
    return new Policy(List.of(rules));
  }

  /// Grabs, so many in so long.
  public static Rule.RateLimit grabLimit(long count, Duration per, Duration burst) {
    return new Rule.RateLimit(
        About.of("rain-grab-total", new Origin("rain-grab-total.yaml", 1, 4)),
        Target.route("play.grab"),
        new Rate(count, per),
        burst,
        Sharing.DIVIDED,
        Optional.empty(),
        new OnRefuse(Duration.ofSeconds(2), Duration.ofSeconds(3), "the rain is heavy"));
  }

  public static Rule.Switch drop() {
    return Rule.Switch.of(
        About.of("play.grab.drop", new Origin("switches.yaml", 1, 2)),
        "that share of users is told to come back later",
        0,
        Optional.of(
            new Rule.Drop(
                "play.grab",
                new OnRefuse(
                    Duration.ofSeconds(5), Duration.ofSeconds(5), "please wait a moment"))));
  }

  public static Rule.Degradation walletOff() {
    return new Rule.Degradation(
        About.of("wallet-view-off", new Origin("wallet-view.yaml", 1, 3)),
        new Target(List.of("wallet.get", "wallet.flows"), Optional.empty(), Optional.empty()),
        "wallet.view",
        new Instead.Refuse(
            new OnRefuse(Duration.ofSeconds(30), Duration.ZERO, "the wallet is resting")));
  }

  @Override
  public void close() {
    caller.close();
    envoy.close();
    services.forEach(TestServices::close);
  }
}
