package dev.lantern.controlplane.topology;

import com.google.common.net.InetAddresses;
import java.util.List;

/// One of our services: its name is its authority on the mesh listener, its cluster in Envoy and
/// the last part of its SPIFFE id.
public record Service(String name, List<Endpoint> endpoints) {
  public Service {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("service " + name + " has no endpoint");
    }
    for (Endpoint endpoint : endpoints) {
      // EDS takes nothing else.
      if (!InetAddresses.isInetAddress(endpoint.host())) {
        throw new IllegalArgumentException(
            "service " + name + " must be reached by an IP address, not by " + endpoint.host());
      }
    }
  }

  public String spiffeId() {
    return "spiffe://lantern/" + name;
  }
}
