package dev.lantern.controlplane.topology;

import java.util.List;

/// One of our services: its name is its authority on the mesh listener, its cluster in Envoy and
/// the last part of its SPIFFE id.
public record Service(String name, List<Endpoint> endpoints) {
  public Service {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("service " + name + " has no endpoint");
    }
  }

  public String spiffeId() {
    return "spiffe://lantern/" + name;
  }
}
