package dev.lantern.controlplane.policy;

import java.util.Set;

/// What rules may refer to.
///
/// @param routes ids of the edge's routes
/// @param signedIn those that only a verified user reaches
/// @param services who may be called
/// @param maxGateways how many gateways there may ever be
public record Known(
    Set<String> routes, Set<String> signedIn, Set<String> services, int maxGateways) {
  public Known {
    routes = Set.copyOf(routes);
    signedIn = Set.copyOf(signedIn);
    services = Set.copyOf(services);
  }
}
