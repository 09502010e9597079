package dev.lantern.controlplane.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that the resource factories need to know beside the policy.
///
/// @param edge where the edge listens
/// @param mesh where the mesh listens
/// @param accessLogs the access log file of each group
/// @param tracing where Envoy's spans go, where there is a collector
/// @param trust the development CA in PEM
/// @param maxGateways how many gateways there may ever be: buckets are made for twice as many
public record Topology(
    List<Service> services,
    Endpoint edge,
    Endpoint mesh,
    Map<Group, String> accessLogs,
    Optional<Tracing> tracing,
    String trust,
    Map<Group, Identity> identities,
    int maxGateways) {
  /// Where Envoy's spans go, and how many.
  ///
  /// @param collector takes OTLP over gRPC
  /// @param sampleRatio the share of traces begun at an Envoy that are recorded, 0 to 1; who brings
  ///   a trace has decided already
  public record Tracing(Endpoint collector, double sampleRatio) {}

  public Topology {
    services = List.copyOf(services);
    accessLogs = Map.copyOf(accessLogs);
    identities = Map.copyOf(identities);
    if (maxGateways < 1) {
      throw new IllegalArgumentException("maxGateways is at least 1");
    }
  }
}
