package dev.lantern.controlplane.rollout;

import com.google.protobuf.util.Timestamps;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.ResourceKind;
import dev.lantern.mesh.v1.NodeRollout;
import dev.lantern.mesh.v1.PolicyProblem;
import dev.lantern.mesh.v1.ResourceRollout;
import java.util.Map;

/// Says of each Envoy whether it runs what is in force.
public final class Rollout {
  private Rollout() {}

  /// How one Envoy stands.
  ///
  /// @param versions the versions in force for its group
  public static NodeRollout of(
      NodeStanding node, Map<ResourceKind, Map<String, String>> versions, Policy policy) {
    var rollout = NodeRollout.newBuilder().setNodeId(node.nodeId()).setConnected(node.connected());
    boolean current = !node.deliveries().isEmpty();
    for (Delivery delivery : node.deliveries()) {
      String inForce =
          versions.getOrDefault(delivery.kind(), Map.of()).getOrDefault(delivery.name(), "");
      current &= delivery.acknowledged().equals(inForce);
      rollout.addResources(resource(delivery, policy));
    }
    return rollout.setCurrent(current && node.connected()).build();
  }

  private static ResourceRollout resource(Delivery delivery, Policy policy) {
    var resource =
        ResourceRollout.newBuilder()
            .setType(delivery.kind().name())
            .setName(delivery.name())
            .setAcknowledgedVersion(delivery.acknowledged())
            .setSentVersion(delivery.sent())
            .setError(delivery.error())
            .setUpdateTime(Timestamps.fromMillis(delivery.at().toEpochMilli()));
    Blame.of(delivery, policy).ifPresent(problem -> resource.setProblem(told(problem)));
    return resource.build();
  }

  /// A problem as the API says it.
  public static PolicyProblem told(Problem problem) {
    return PolicyProblem.newBuilder()
        .setDocument(problem.document())
        .setLine(problem.line())
        .setCode(problem.code().name())
        .setMessage(problem.message())
        .setAdvice(problem.code().isAdvice())
        .build();
  }
}
