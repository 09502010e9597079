package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.ResourceKind;
import dev.lantern.controlplane.xds.Versions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a revision back that an Envoy refused: the one before it becomes the next one.
///
/// The revision is to blame when, within [#WATCHED] of it, an Envoy refuses a resource that it
/// changed, in the version that is in force, and no Envoy has accepted that version: what one
/// accepts and another does not is the other's trouble. What it changed is compiled anew each time
/// from both revisions, the same inputs giving the same versions, so a control plane that was
/// restarted in between judges alike. A revision of our own is never taken back: once is a repair,
/// twice would be a quarrel.
public final class Takeback {
  static final Duration WATCHED = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(Takeback.class);

  /// A resource of a group, in a version.
  record Pushed(Group group, ResourceKind kind, String name, String version) {}

  private final RevisionStore store;
  private final DocumentReader reader;
  private final MeshResources compiler;
  private final Ledger ledger;
  private final Edits edits;
  private final InstantSource clock;

  public Takeback(
      RevisionStore store,
      DocumentReader reader,
      MeshResources compiler,
      Ledger ledger,
      Edits edits,
      InstantSource clock) {
    this.store = store;
    this.reader = reader;
    this.compiler = compiler;
    this.ledger = ledger;
    this.edits = edits;
    this.clock = clock;
  }

  /// Looks once; several times a second.
  public void tick(Revision running, Inputs inputs) {
    boolean watched = running.at().plus(WATCHED).isAfter(clock.instant());
    if (!watched || running.author().equals(Signed.OURSELVES) || running.number() < 2) {
      return;
    }
    List<NodeStanding> standings = ledger.standings();
    if (standings.stream().noneMatch(Takeback::refusesSomething)) {
      return;
    }
    Optional<Revision> before = store.find(running.number() - 1);
    if (before.isPresent()) {
      Policy old = reader.read(before.get().documents()).policy();
      refused(changed(old, inputs), standings)
          .ifPresent(why -> takeBack(running, before.get(), why));
    }
  }

  private static boolean refusesSomething(NodeStanding node) {
    return node.connected()
        && node.deliveries().stream().anyMatch(delivery -> !delivery.error().isEmpty());
  }

  private Set<Pushed> changed(Policy old, Inputs inputs) {
    var before = new Inputs(old, inputs.switches(), inputs.jwks(), inputs.gateways());
    var changed = new HashSet<Pushed>();
    for (Group group : Group.values()) {
      changed.addAll(pushed(group, inputs));
      changed.removeAll(pushed(group, before));
    }
    return changed;
  }

  private Set<Pushed> pushed(Group group, Inputs inputs) {
    var resources = compiler.compile(group, inputs);
    var pushed = new HashSet<Pushed>();
    for (ResourceKind kind : ResourceKind.values()) {
      Map<String, String> versions = Versions.of(Versions.resources(resources, kind));
      versions.forEach((name, version) -> pushed.add(new Pushed(group, kind, name, version)));
    }
    return pushed;
  }

  /// Why a change must go; empty when it may stay.
  static Optional<String> refused(Set<Pushed> changed, List<NodeStanding> standings) {
    var accepted = new HashSet<Pushed>();
    for (NodeStanding node : standings) {
      for (Delivery delivery : node.deliveries()) {
        accepted.add(pushed(node, delivery, delivery.acknowledged()));
      }
    }
    for (NodeStanding node : standings) {
      for (Delivery delivery : node.deliveries()) {
        Pushed sent = pushed(node, delivery, delivery.sent());
        if (node.connected()
            && !delivery.error().isEmpty()
            && changed.contains(sent)
            && !accepted.contains(sent)) {
          return Optional.of(
              node.nodeId() + " refused " + delivery.name() + ": " + delivery.error());
        }
      }
    }
    return Optional.empty();
  }

  private static Pushed pushed(NodeStanding node, Delivery delivery, String version) {
    return new Pushed(node.group(), delivery.kind(), delivery.name(), version);
  }

  private void takeBack(Revision running, Revision before, String why) {
    LOG.error("revision {} is taken back: {}", running.number(), why);
    String reason = "revision " + running.number() + ": " + why;
    var edit =
        new Edits.Edit(
            new Edits.Change.BackTo(before.number()),
            running.etag(),
            Signed.ourselves(reason.length() > 200 ? reason.substring(0, 200) : reason),
            "restore-" + running.number(),
            "policy.restore");
    switch (edits.apply(edit)) {
      case Edits.Outcome.Applied applied ->
          LOG.warn("revision {} is that of before", applied.revision().number());
      case Edits.Outcome.Rejected rejected ->
          LOG.error("it cannot be taken back: {}", rejected.problems());
      case Edits.Outcome.Stale _, Edits.Outcome.NoSuchRevision _ -> LOG.warn("somebody was faster");
    }
  }
}
