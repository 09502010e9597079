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
import java.time.Instant;
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
/// from both revisions, the same inputs giving the same versions.
///
/// The one before is the newest older one that Envoys were seen to accept whole; a revision that
/// was overtaken before anybody refused it is taken back with what overtook it. After a restart,
/// until one was seen to be accepted, it is the revision's predecessor. A revision of our own is
/// never taken back: once is a repair, twice would be a quarrel. If the one before no longer passes
/// the check, it is tried again every [#PAUSE]: the check knows what runs.
public final class Takeback {
  static final Duration WATCHED = Duration.ofMinutes(5);
  static final Duration PAUSE = Duration.ofSeconds(30);

  /// How often a revision is looked at whose time is over and that nobody has accepted yet.
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Takeback.class);

  /// A resource of a group, in a version.
  record Pushed(Group group, ResourceKind kind, String name, String version) {
    Pushed in(String another) {
      return new Pushed(group, kind, name, another);
    }
  }

  private static final String ANY = "";

  private final RevisionStore store;
  private final DocumentReader reader;
  private final MeshResources compiler;
  private final Ledger ledger;
  private final Edits edits;
  private final InstantSource clock;
  private long lookedAt;
  private Optional<Revision> accepted = Optional.empty();
  private Optional<Revision> acceptedBefore = Optional.empty();
  private Instant notBefore = Instant.EPOCH;

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
  public synchronized void tick(Revision running, Inputs inputs) {
    Instant now = clock.instant();
    if (running.number() != lookedAt) {
      acceptedBefore = accepted.or(() -> acceptedBefore);
      accepted = Optional.empty();
      lookedAt = running.number();
      notBefore = Instant.EPOCH;
    }
    List<NodeStanding> standings = ledger.standings();
    boolean refused = standings.stream().anyMatch(Takeback::refusesSomething);
    boolean nothingNew = !refused && accepted.isPresent();
    boolean nobody = standings.stream().noneMatch(NodeStanding::connected);
    if (nothingNew || nobody || now.isBefore(notBefore)) {
      return;
    }
    boolean watched = running.at().plus(WATCHED).isAfter(now);
    if (!watched) {
      notBefore = now.plus(IDLE);
    }
    Set<Pushed> inForce = pushed(inputs);
    accepted = acceptedBySomebody(inForce, standings) ? Optional.of(running) : Optional.empty();
    if (refused && watched && !running.author().equals(Signed.OURSELVES)) {
      before(running).ifPresent(before -> judge(running, before, inForce, inputs, standings));
    }
  }

  private Optional<Revision> before(Revision running) {
    return acceptedBefore
        .filter(revision -> revision.number() < running.number())
        .or(() -> running.number() < 2 ? Optional.empty() : store.find(running.number() - 1));
  }

  private void judge(
      Revision running,
      Revision before,
      Set<Pushed> inForce,
      Inputs inputs,
      List<NodeStanding> standings) {
    Policy old = reader.read(before.documents()).policy();
    var changed = new HashSet<>(inForce);
    changed.removeAll(pushed(new Inputs(old, inputs.switches(), inputs.jwks(), inputs.gateways())));
    refused(changed, standings).ifPresent(why -> takeBack(running, before, why));
  }

  private static boolean refusesSomething(NodeStanding node) {
    return node.connected()
        && node.deliveries().stream().anyMatch(delivery -> !delivery.error().isEmpty());
  }

  private Set<Pushed> pushed(Inputs inputs) {
    var pushed = new HashSet<Pushed>();
    for (Group group : Group.values()) {
      pushed.addAll(pushed(group, inputs));
    }
    return pushed;
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

  /// Whether all that connected Envoys ask for was accepted by one of them, in the version in
  /// force.
  static boolean acceptedBySomebody(Set<Pushed> inForce, List<NodeStanding> standings) {
    var asked = new HashSet<Pushed>();
    var accepted = new HashSet<Pushed>();
    for (NodeStanding node : standings.stream().filter(NodeStanding::connected).toList()) {
      for (Delivery delivery : node.deliveries()) {
        asked.add(pushed(node, delivery, ANY));
        accepted.add(pushed(node, delivery, delivery.acknowledged()));
      }
    }
    List<Pushed> wanted =
        inForce.stream().filter(pushed -> asked.contains(pushed.in(ANY))).toList();
    return !wanted.isEmpty() && accepted.containsAll(wanted);
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
    LOG.error("revision {} is taken back to {}: {}", running.number(), before.number(), why);
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
      case Edits.Outcome.Rejected rejected -> {
        LOG.error("it cannot be taken back: {}", rejected.problems());
        notBefore = clock.instant().plus(PAUSE);
      }
      case Edits.Outcome.Stale _, Edits.Outcome.NoSuchRevision _, Edits.Outcome.OtherEdit _ ->
          LOG.warn("somebody was faster");
    }
  }
}
