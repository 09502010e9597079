package dev.lantern.controlplane.xds;

import dev.lantern.controlplane.topology.Group;
import java.util.List;

/// How one Envoy stands: whether it is connected, and each resource sent to it.
public record NodeStanding(
    String nodeId, Group group, boolean connected, List<Delivery> deliveries) {
  public NodeStanding {
    deliveries = List.copyOf(deliveries);
  }
}
