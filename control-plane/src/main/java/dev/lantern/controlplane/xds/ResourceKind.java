package dev.lantern.controlplane.xds;

import java.util.Optional;

/// The kinds of resource we serve, by the names operators use.
public enum ResourceKind {
  LDS("envoy.config.listener.v3.Listener"),
  RDS("envoy.config.route.v3.RouteConfiguration"),
  CDS("envoy.config.cluster.v3.Cluster"),
  EDS("envoy.config.endpoint.v3.ClusterLoadAssignment"),
  SDS("envoy.extensions.transport_sockets.tls.v3.Secret"),
  RTDS("envoy.service.runtime.v3.Runtime"),
  ECDS("envoy.config.core.v3.TypedExtensionConfig");

  private final String typeUrl;

  ResourceKind(String message) {
    this.typeUrl = "type.googleapis.com/" + message;
  }

  String typeUrl() {
    return typeUrl;
  }

  static Optional<ResourceKind> of(String typeUrl) {
    for (ResourceKind kind : values()) {
      if (kind.typeUrl.equals(typeUrl)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
