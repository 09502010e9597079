package dev.lantern.bench;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Reading;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.EnvoyJson;
import dev.lantern.controlplane.resources.Inliner;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Identity;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The edge as production compiles it, in one file for an Envoy of one's own.
///
/// @param port where the edge listens, on 127.0.0.1
/// @param admin where Envoy's own admin does
/// @param services where each service listens, on 127.0.0.1; every service that a client's RPC
///   leads to must be among them
/// @param certificate of `spiffe://lantern/envoy-edge`, PEM
/// @param key of the certificate
/// @param authority who signed it and the services' certificates
/// @param jwks what sessions are verified with
/// @param accessLog a file
/// @param policies documents by name
public record EdgeFile(
    int port,
    int admin,
    Map<String, Integer> services,
    String certificate,
    String key,
    String authority,
    String jwks,
    String accessLog,
    Map<String, String> policies) {
  private static final String HOST = "127.0.0.1";
  private static final int MOST_GATEWAYS = 4;

  public EdgeFile {
    services = Map.copyOf(services);
    policies = Map.copyOf(policies);
  }

  /// Envoy's bootstrap in JSON. Switches stand at their defaults. Throws IllegalArgumentException
  /// for policies that are refused.
  public String json() {
    var compiler = new MeshResources(topology(), Contracts.load());
    Policy policy = policy(compiler);
    Map<String, Integer> switches =
        policy.switches().stream()
            .collect(Collectors.toMap(rule -> rule.id(), rule -> rule.defaultPerTenThousand()));
    var inputs = new Inputs(policy, switches, Optional.of(jwks), List.of(new Endpoint(HOST, port)));
    return EnvoyJson.print(
        Inliner.bootstrap(
            compiler.compile(Group.GATEWAY, inputs),
            "gateway-1",
            Optional.of(new Endpoint(HOST, admin))));
  }

  private Policy policy(MeshResources compiler) {
    List<Document> documents =
        policies.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new Document(entry.getKey(), entry.getValue(), 1))
            .toList();
    Reading reading = new DocumentReader(compiler.known()).read(documents);
    if (!reading.faults().isEmpty()) {
      throw new IllegalArgumentException("policies are refused: " + reading.faults());
    }
    return reading.policy();
  }

  private Topology topology() {
    Function<Map.Entry<String, Integer>, Service> service =
        it -> new Service(it.getKey(), List.of(new Endpoint(HOST, it.getValue())));
    return new Topology(
        services.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(service).toList(),
        new Endpoint(HOST, port),
        new Endpoint(HOST, admin),
        Map.of(Group.GATEWAY, accessLog),
        Optional.empty(),
        authority,
        Map.of(Group.GATEWAY, new Identity(certificate, key)),
        MOST_GATEWAYS);
  }
}
