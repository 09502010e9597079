package dev.lantern.controlplane.resources;

import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.topology.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What changes while the mesh runs.
///
/// @param switches the present value of each switch
/// @param jwks the keys that sessions are verified with; empty until token-service has told them
/// @param gateways the live gateways; never empty, since an empty cluster would give each the full
///   rate
/// @param changes what rules make of routes
public record Inputs(
    Policy policy,
    Map<String, Integer> switches,
    Optional<String> jwks,
    List<Endpoint> gateways,
    List<RouteChange> changes) {
  public Inputs(
      Policy policy,
      Map<String, Integer> switches,
      Optional<String> jwks,
      List<Endpoint> gateways) {
    this(policy, switches, jwks, gateways, List.of());
  }

  public Inputs {
    changes = List.copyOf(changes);
    switches = Map.copyOf(switches);
    gateways = List.copyOf(gateways);
    if (gateways.isEmpty()) {
      throw new IllegalArgumentException("at least one gateway is counted");
    }
  }
}
