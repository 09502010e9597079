package dev.lantern.controlplane.resources;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Our services as Envoy reaches them: mTLS with certificates by SDS, the service's own SPIFFE id
/// demanded, instances by EDS, gRPC health checks that take a dead or frozen instance out.
final class Clusters {
  /// Envoy's defaults (1,024) would be a hidden limit in the middle of a rain.
  private static final int MOST_AT_ONCE = 20_000;

  /// The collector of Envoy's spans.
  static final String TRACING = "tracing";

  private Clusters() {}

  static List<Cluster> all(Topology topology) {
    var clusters = new ArrayList<Cluster>();
    for (Service service : topology.services()) {
      clusters.add(
          base(service.name())
              .setType(Cluster.DiscoveryType.EDS)
              .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(Packed.ads()))
              .setTransportSocket(
                  TransportSocket.newBuilder()
                      .setName("envoy.transport_sockets.tls")
                      .setTypedConfig(Packed.any(Tls.upstream(service))))
              .addHealthChecks(health())
              .build());
    }
    topology
        .tracing()
        .ifPresent(tracing ->
            clusters.add(
                base(TRACING)
                    .setType(Cluster.DiscoveryType.STRICT_DNS)
                    .setLoadAssignment(assignment(TRACING, List.of(tracing.collector())))
                    .build()));
    return List.copyOf(clusters);
  }

  static List<ClusterLoadAssignment> endpoints(Topology topology) {
    return topology.services().stream()
        .map(service -> assignment(service.name(), service.endpoints()))
        .toList();
  }

  static ClusterLoadAssignment assignment(String cluster, List<Endpoint> endpoints) {
    var locality = LocalityLbEndpoints.newBuilder();
    for (Endpoint endpoint : endpoints) {
      locality.addLbEndpoints(
          LbEndpoint.newBuilder()
              .setEndpoint(
                  io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                      .setAddress(address(endpoint))));
    }
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(cluster)
        .addEndpoints(locality)
        .build();
  }

  static Address address(Endpoint endpoint) {
    return Address.newBuilder()
        .setSocketAddress(
            SocketAddress.newBuilder().setAddress(endpoint.host()).setPortValue(endpoint.port()))
        .build();
  }

  private static Cluster.Builder base(String name) {
    return Cluster.newBuilder()
        .setName(name)
        .setConnectTimeout(Packed.duration(Duration.ofMillis(500)))
        .setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST)
        .setCircuitBreakers(
            CircuitBreakers.newBuilder()
                .addThresholds(
                    CircuitBreakers.Thresholds.newBuilder()
                        .setMaxConnections(UInt32Value.of(MOST_AT_ONCE))
                        .setMaxPendingRequests(UInt32Value.of(MOST_AT_ONCE))
                        .setMaxRequests(UInt32Value.of(MOST_AT_ONCE))
                        .setMaxRetries(UInt32Value.of(100))))
        .putTypedExtensionProtocolOptions(
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions", packed(http2()));
  }

  private static Message http2() {
    var keepalive =
        KeepaliveSettings.newBuilder()
            .setInterval(Packed.duration(Duration.ofSeconds(10)))
            .setTimeout(Packed.duration(Duration.ofSeconds(3)));
    return HttpProtocolOptions.newBuilder()
        .setExplicitHttpConfig(
            HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                .setHttp2ProtocolOptions(
                    Http2ProtocolOptions.newBuilder().setConnectionKeepalive(keepalive)))
        .build();
  }

  private static Any packed(Message message) {
    return Packed.any(message);
  }

  private static HealthCheck health() {
    return HealthCheck.newBuilder()
        .setTimeout(Packed.duration(Duration.ofMillis(500)))
        .setInterval(Packed.duration(Duration.ofSeconds(2)))
        .setUnhealthyInterval(Packed.duration(Duration.ofMillis(500)))
        .setNoTrafficInterval(Packed.duration(Duration.ofSeconds(2)))
        .setNoTrafficHealthyInterval(Packed.duration(Duration.ofSeconds(2)))
        .setUnhealthyThreshold(UInt32Value.of(2))
        .setHealthyThreshold(UInt32Value.of(1))
        .setGrpcHealthCheck(HealthCheck.GrpcHealthCheck.getDefaultInstance())
        .build();
  }
}
