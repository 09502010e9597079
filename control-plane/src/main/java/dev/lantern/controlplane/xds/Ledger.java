package dev.lantern.controlplane.xds;

import dev.lantern.controlplane.topology.Group;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was sent to each Envoy and what it said: per node, kind and resource.
///
/// In memory only: after a restart Envoys connect again and are asked anew. Bounded: beyond
/// [#MOST_NODES] the one that left longest ago is forgotten.
public final class Ledger {
  static final int MOST_NODES = 1000;
  private static final int MOST_WORDS = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /// Hears of Envoys that come and go.
  public interface Presence {
    void connected(Group group, String nodeId);

    void left(Group group, String nodeId);
  }

  private record Resource(ResourceKind kind, String name) {}

  private static final class Node {
    final Group group;
    int streams;
    final Map<Resource, Delivery> deliveries = new HashMap<>();

    Node(Group group) {
      this.group = group;
    }
  }

  private final InstantSource clock;
  private final Presence presence;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  public Ledger(InstantSource clock, Presence presence) {
    this.clock = clock;
    this.presence = presence;
  }

  void opened(Group group, String nodeId) {
    synchronized (this) {
      Node node = node(group, nodeId);
      if (node.streams++ == 0) {
        // It may be another process of the same name; what the last one had proves nothing.
        node.deliveries.clear();
      }
      forgetOne();
    }
    presence.connected(group, nodeId);
  }

  void closed(Group group, String nodeId) {
    boolean gone;
    synchronized (this) {
      gone = --node(group, nodeId).streams == 0;
    }
    if (gone) {
      LOG.info("envoy {} of group {} has left", nodeId, group.label());
      presence.left(group, nodeId);
    }
  }

  synchronized void sent(
      Group group, String nodeId, ResourceKind kind, String name, String version) {
    node(group, nodeId)
        .deliveries
        .compute(
            new Resource(kind, name),
            (_, last) ->
                last == null
                    ? Delivery.begun(kind, name, version, clock.instant())
                    : last.sent(version, clock.instant()));
  }

  /// It has this version already; nothing was sent.
  synchronized void held(
      Group group, String nodeId, ResourceKind kind, String name, String version) {
    sent(group, nodeId, kind, name, version);
    acknowledged(group, nodeId, kind, name, version);
  }

  synchronized void acknowledged(
      Group group, String nodeId, ResourceKind kind, String name, String version) {
    node(group, nodeId)
        .deliveries
        .computeIfPresent(
            new Resource(kind, name), (_, last) -> last.acknowledged(version, clock.instant()));
  }

  /// A refusal of a version that another has followed is told of and not kept: the newer one would
  /// be taken for refused.
  synchronized void refused(
      Group group,
      String nodeId,
      ResourceKind kind,
      String name,
      String version,
      String complaint) {
    // Envoy may print the whole resource.
    String error =
        complaint.length() > MOST_WORDS ? complaint.substring(0, MOST_WORDS) + "…" : complaint;
    LOG.error("envoy {} refused {} {} version {}: {}", nodeId, kind, name, version, error);
    node(group, nodeId)
        .deliveries
        .computeIfPresent(
            new Resource(kind, name),
            (_, last) -> version.equals(last.sent()) ? last.refused(error, clock.instant()) : last);
  }

  synchronized void removed(Group group, String nodeId, ResourceKind kind, String name) {
    node(group, nodeId).deliveries.remove(new Resource(kind, name));
  }

  /// Every Envoy seen since the start, by its id.
  public synchronized List<NodeStanding> standings() {
    var standings = new ArrayList<NodeStanding>();
    nodes.forEach((id, node) -> {
      var deliveries = new ArrayList<>(node.deliveries.values());
      deliveries.sort(Comparator.comparing(Delivery::kind).thenComparing(Delivery::name));
      standings.add(new NodeStanding(id, node.group, node.streams > 0, deliveries));
    });
    standings.sort(Comparator.comparing(NodeStanding::nodeId));
    return standings;
  }

  private Node node(Group group, String nodeId) {
    return nodes.computeIfAbsent(nodeId, _ -> new Node(group));
  }

  private void forgetOne() {
    if (nodes.size() > MOST_NODES) {
      nodes.entrySet().stream()
          .filter(entry -> entry.getValue().streams == 0)
          .findFirst()
          .map(Map.Entry::getKey)
          .ifPresent(nodes::remove);
    }
  }
}
