package dev.lantern.controlplane.gateways;

import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The live gateways, by their streams.
///
/// Envoy divides by the members of a cluster, dead ones included, so the dead are taken out here: a
/// gateway counts while it is connected and a little longer, since a stream may break without its
/// Envoy dying. Those known from before a restart of ours count until they had time to return.
/// Never none: an empty cluster would give every gateway the whole rate.
///
/// The addresses only have to differ; nobody connects to them.
public final class Gateways implements Ledger.Presence {
  static final Duration GRACE = Duration.ofSeconds(3);
  static final Duration RETURN = Duration.ofSeconds(15);

  private final InstantSource clock;
  private final Map<String, Instant> until = new HashMap<>();
  private List<String> last;

  /// Begins with those that were there before.
  ///
  /// @param known the gateways that were live when we last ran
  public Gateways(InstantSource clock, Collection<String> known) {
    this.clock = clock;
    this.last = List.copyOf(known);
    known.forEach(node -> until.put(node, clock.instant().plus(RETURN)));
  }

  @Override
  public synchronized void connected(Group group, String nodeId) {
    if (group == Group.GATEWAY) {
      until.put(nodeId, Instant.MAX);
    }
  }

  @Override
  public synchronized void left(Group group, String nodeId) {
    if (group == Group.GATEWAY) {
      until.put(nodeId, clock.instant().plus(GRACE));
    }
  }

  /// The ids of those that count now.
  public synchronized List<String> live() {
    Instant now = clock.instant();
    until.values().removeIf(end -> !end.isAfter(now));
    if (!until.isEmpty()) {
      last = List.copyOf(new TreeSet<>(until.keySet()));
    }
    return last;
  }

  /// As members of the cluster that Envoy divides by.
  public static List<Endpoint> members(List<String> live) {
    int count = Math.max(1, live.size());
    var members = new ArrayList<Endpoint>();
    for (int i = 1; i <= count; i++) {
      members.add(new Endpoint("127.0." + i / 250 + "." + (1 + i % 250), 1));
    }
    return members;
  }
}
