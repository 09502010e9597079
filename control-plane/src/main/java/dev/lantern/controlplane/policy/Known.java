package dev.lantern.controlplane.policy;

import java.util.Set;

/// What rules may refer to.
///
/// @param routes ids of the edge's routes
/// @param maxGateways how many gateways there may ever be
public record Known(Set<String> routes, int maxGateways) {
  public Known {
    routes = Set.copyOf(routes);
  }
}
