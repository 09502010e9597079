package dev.lantern.controlplane.topology;

import java.util.Optional;

/// A group of Envoys that get the same configuration. A node says its group as its `node.cluster`.
public enum Group {
  /// The edge: clients.
  GATEWAY("gateway", "envoy-edge"),
  /// Service to service, and beside it the operators' static listener.
  MESH("mesh", "envoy-mesh");

  private final String label;
  private final String identity;

  Group(String label, String identity) {
    this.label = label;
    this.identity = identity;
  }

  public String label() {
    return label;
  }

  /// The last part of the SPIFFE id a node of this group proves.
  public String identity() {
    return identity;
  }

  public static Optional<Group> of(String label) {
    for (Group group : values()) {
      if (group.label.equals(label)) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }
}
