package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.resources.EdgeHost;
import dev.lantern.controlplane.resources.Limits;
import dev.lantern.controlplane.resources.Switches;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.ResourceKind;
import dev.lantern.mesh.v1.RuleRollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The proof of a push, rule by rule: how many Envoys run it, and which was the slowest.
///
/// A rule is run where the resource that it became is acknowledged in the version in force. What
/// Envoys never see (a level, a ceiling) has no proof of this kind and is left out.
final class RuleRollouts {
  private record Became(ResourceKind kind, String name) {}

  private RuleRollouts() {}

  /// @param versions the versions in force for gateways
  static List<RuleRollout> of(
      Policy policy,
      List<NodeStanding> standings,
      Map<ResourceKind, Map<String, String>> versions) {
    List<NodeStanding> gateways =
        standings.stream()
            .filter(node -> node.group() == Group.GATEWAY && node.connected())
            .toList();
    var rollouts = new ArrayList<RuleRollout>();
    for (Rule rule : policy.rules()) {
      became(rule)
          .ifPresent(resource ->
              rollouts.add(
                  rollout(
                      rule, resource, gateways, versions.getOrDefault(resource.kind(), Map.of()))));
    }
    return rollouts;
  }

  private static Optional<Became> became(Rule rule) {
    return switch (rule) {
      case Rule.RateLimit limit ->
          Optional.of(new Became(ResourceKind.ECDS, Limits.filterName(limit)));
      case Rule.Degradation _ -> Optional.of(new Became(ResourceKind.RDS, EdgeHost.NAME));
      case Rule.Switch one ->
          Optional.of(
              one.drop().isPresent()
                  ? new Became(ResourceKind.RDS, EdgeHost.NAME)
                  : new Became(ResourceKind.RTDS, Switches.LAYER));
      case Rule.EntryStage _,
          Rule.Frequency _,
          Rule.RandomDrop _,
          Rule.Level _,
          Rule.Retry _,
          Rule.CircuitBreaker _,
          Rule.Route _ ->
          Optional.empty();
    };
  }

  private static RuleRollout rollout(
      Rule rule, Became resource, List<NodeStanding> gateways, Map<String, String> inForce) {
    var rollout =
        RuleRollout.newBuilder()
            .setRuleId(rule.id())
            .setDocument(rule.origin().document())
            .setLine(rule.origin().line())
            .setRevision(rule.origin().revision())
            .setNodes(gateways.size());
    String version = inForce.getOrDefault(resource.name(), "");
    for (NodeStanding node : gateways) {
      Optional<Delivery> delivery =
          node.deliveries().stream()
              .filter(one -> one.kind() == resource.kind() && one.name().equals(resource.name()))
              .findFirst();
      if (delivery.isPresent()) {
        add(rollout, node, delivery.get(), version);
      }
    }
    return rollout.build();
  }

  private static void add(
      RuleRollout.Builder rollout, NodeStanding node, Delivery delivery, String version) {
    if (delivery.acknowledged().equals(version)) {
      rollout.setAcknowledged(rollout.getAcknowledged() + 1);
      long millis = delivery.took().toMillis();
      if (rollout.getSlowestNodeId().isEmpty() || millis > rollout.getSlowestMs()) {
        rollout.setSlowestNodeId(node.nodeId()).setSlowestMs(millis);
      }
    } else if (!delivery.error().isEmpty()) {
      rollout.setError(node.nodeId() + ": " + delivery.error());
    }
  }
}
