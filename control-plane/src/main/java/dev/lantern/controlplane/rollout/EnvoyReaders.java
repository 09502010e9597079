package dev.lantern.controlplane.rollout;

import com.google.protobuf.util.Timestamps;
import dev.lantern.controlplane.resources.Switches;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.ResourceKind;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.mesh.v1.SwitchReader;
import java.util.ArrayList;
import java.util.List;

/// How each gateway stands to the switches in force: beside what services report of themselves.
public final class EnvoyReaders {
  private final Ledger ledger;
  private final XdsServer xds;

  public EnvoyReaders(Ledger ledger, XdsServer xds) {
    this.ledger = ledger;
    this.xds = xds;
  }

  public List<SwitchReader> all() {
    String inForce =
        xds.versions(Group.GATEWAY)
            .getOrDefault(ResourceKind.RTDS, java.util.Map.of())
            .getOrDefault(Switches.LAYER, "");
    var readers = new ArrayList<SwitchReader>();
    for (NodeStanding node : ledger.standings()) {
      if (node.group() == Group.GATEWAY && node.connected()) {
        node.deliveries().stream()
            .filter(one -> one.kind() == ResourceKind.RTDS && one.name().equals(Switches.LAYER))
            .findFirst()
            .ifPresent(delivery -> readers.add(reader(node, delivery, inForce)));
      }
    }
    return readers;
  }

  private static SwitchReader reader(NodeStanding node, Delivery delivery, String inForce) {
    return SwitchReader.newBuilder()
        .setName(node.nodeId())
        .setEnvoy(true)
        .setCurrent(delivery.acknowledged().equals(inForce))
        .setReportTime(Timestamps.fromMillis(delivery.at().toEpochMilli()))
        .build();
  }
}
