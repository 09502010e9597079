package dev.lantern.controlplane.xds;

import dev.lantern.controlplane.topology.Group;
import java.util.Map;
import java.util.function.Predicate;

/// An Envoy of a test's: what it is sent, and what it says to that, as the streams would write it
/// down.
public record Answers(Ledger ledger, Group group, String nodeId) {
  /// Hears of nobody.
  public static final Ledger.Presence NOBODY =
      new Ledger.Presence() {
        @Override
        public void connected(Group group, String nodeId) {}

        @Override
        public void left(Group group, String nodeId) {}
      };

  public void connects() {
    ledger.opened(group, nodeId);
  }

  /// Takes what is in force, but refuses the resources of some names.
  public void answers(XdsServer xds, Predicate<String> refused) {
    Map<ResourceKind, Map<String, String>> versions = xds.versions(group);
    versions.forEach((kind, named) ->
        named.forEach((name, version) -> {
          ledger.sent(group, nodeId, kind, name, version);
          if (refused.test(name)) {
            ledger.refused(group, nodeId, kind, name, version, "no such thing");
          } else {
            ledger.acknowledged(group, nodeId, kind, name, version);
          }
        }));
  }
}
