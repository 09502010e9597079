package dev.lantern.controlplane.resources;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Topology;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;

/// Service to service over mTLS: the caller's SPIFFE id is passed on in `x-forwarded-client-cert`,
/// whatever the caller itself wrote there; services decide who may call.
final class MeshListener {
  static final String NAME = "mesh";

  private MeshListener() {}

  static Listener listener(Topology topology) {
    var manager =
        Connections.manager(topology, Group.MESH, MeshHosts.NAME)
            .setStripAnyHostPort(true)
            .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET)
            .setSetCurrentClientCertDetails(
                HttpConnectionManager.SetCurrentClientCertDetails.newBuilder().setUri(true))
            .setStreamIdleTimeout(Duration.newBuilder().setSeconds(60))
            .addHttpFilters(Connections.router())
            .build();
    return Listener.newBuilder()
        .setName(NAME)
        .setAddress(Clusters.address(topology.mesh()))
        .setPerConnectionBufferLimitBytes(UInt32Value.of(1024 * 1024))
        .addFilterChains(
            FilterChain.newBuilder()
                .setTransportSocket(
                    TransportSocket.newBuilder()
                        .setName("envoy.transport_sockets.tls")
                        .setTypedConfig(Packed.any(Tls.downstream())))
                .addFilters(Connections.network(manager)))
        .build();
  }
}
