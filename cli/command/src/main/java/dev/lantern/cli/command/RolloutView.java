package dev.lantern.cli.command;

import dev.lantern.mesh.v1.GetRolloutResponse;
import dev.lantern.mesh.v1.NodeRollout;
import dev.lantern.mesh.v1.ResourceRollout;
import dev.lantern.mesh.v1.RuleRollout;
import java.io.PrintWriter;

/// A rollout as a table: one line per Envoy, and under it what it refused or has not acknowledged.
final class RolloutView {
  private final PrintWriter out;

  RolloutView(PrintWriter out) {
    this.out = out;
  }

  void print(GetRolloutResponse rollout) {
    long current = rollout.getNodesList().stream().filter(NodeRollout::getCurrent).count();
    out.printf(
        "revision %d (%s): %d of %d Envoys run it%n",
        rollout.getRevision().getRevision(),
        rollout.getRevision().getEtag(),
        current,
        rollout.getNodesCount());
    for (NodeRollout node : rollout.getNodesList()) {
      out.printf(
          "  %-16s %-13s %s%n",
          node.getNodeId(),
          node.getConnected() ? "connected" : "NOT CONNECTED",
          node.getCurrent() ? "current" : "BEHIND");
      node.getResourcesList().forEach(this::print);
    }
    rollout.getRulesList().forEach(this::print);
  }

  private void print(RuleRollout rule) {
    out.printf(
        "  %-28s %s:%d, of revision %d: %d of %d%s%s%n",
        rule.getRuleId(),
        rule.getDocument(),
        rule.getLine(),
        rule.getRevision(),
        rule.getAcknowledged(),
        rule.getNodes(),
        rule.getSlowestNodeId().isEmpty()
            ? ""
            : ", slowest " + rule.getSlowestNodeId() + " in " + rule.getSlowestMs() + " ms",
        rule.getError().isEmpty() ? "" : ", REFUSED by " + rule.getError());
  }

  private void print(ResourceRollout resource) {
    if (!resource.getError().isEmpty()) {
      out.printf(
          "    refused  %s %s: %s%n", resource.getType(), resource.getName(), resource.getError());
      if (resource.hasProblem()) {
        out.println("             " + PolicyCommand.line(resource.getProblem()));
      }
    } else if (!resource.getAcknowledgedVersion().equals(resource.getSentVersion())) {
      out.printf(
          "    waiting  %s %s: has %s, was sent %s%n",
          resource.getType(),
          resource.getName(),
          resource.getAcknowledgedVersion(),
          resource.getSentVersion());
    }
  }
}
