package dev.lantern.controlplane.mesh;

import dev.lantern.controlplane.gateways.Gateways;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.state.LastKnown;
import dev.lantern.controlplane.state.StateFile;
import dev.lantern.controlplane.switches.SwitchTable;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.XdsServer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mesh as it is told to run. Each change compiles the groups it touches and pushes what
/// differs; versions are hashes, so a push of the same is no push.
///
/// A disk that takes nothing holds up nothing: what runs goes on to be pushed, and is kept as soon
/// as the disk takes it.
///
/// Nothing is pushed before there is a policy to push: an Envoy that asks early waits, and one that
/// runs keeps what it has.
public final class Mesh {
  private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);

  private final MeshResources compiler;
  private final XdsServer xds;
  private final StateFile file;
  private Inputs inputs;
  private Revision revision = Revision.none();
  private LastKnown known;
  private boolean running;
  private boolean unkept;
  private final List<BiConsumer<Revision, Policy>> listeners = new CopyOnWriteArrayList<>();

  public Mesh(MeshResources compiler, XdsServer xds, StateFile file, LastKnown known) {
    this.compiler = compiler;
    this.xds = xds;
    this.file = file;
    this.known = known;
    this.inputs =
        new Inputs(
            new Policy(List.of()),
            Map.of(),
            known.jwks().isEmpty() ? Optional.empty() : Optional.of(known.jwks()),
            Gateways.members(known.gateways()));
  }

  /// Hears of each policy from when it runs, one after the other.
  public void listen(BiConsumer<Revision, Policy> listener) {
    listeners.add(listener);
  }

  public synchronized Inputs inputs() {
    return inputs;
  }

  public synchronized Revision revision() {
    return revision;
  }

  public synchronized boolean isRunning() {
    return running;
  }

  /// Runs a policy from now on, its switches standing at these values. When this throws, the policy
  /// may be in force in part and [#revision] is the one before: run it again.
  public synchronized void policy(Revision now, Policy policy, Map<String, Integer> values) {
    var fresh = new Inputs(policy, values, inputs.jwks(), inputs.gateways());
    GroupResources mesh = compiler.compile(Group.MESH, fresh);
    GroupResources gateway = compiler.compile(Group.GATEWAY, fresh);
    inputs = fresh;
    xds.publish(Group.MESH, mesh);
    xds.publish(Group.GATEWAY, gateway);
    running = true;
    listeners.forEach(listener -> listener.accept(now, policy));
    keep(known.with(now));
    // Last: whatever failed before, the revision is not in force, and is run again.
    revision = now;
  }

  public synchronized void switches(SwitchTable table, Map<String, Integer> values) {
    inputs = new Inputs(inputs.policy(), values, inputs.jwks(), inputs.gateways());
    if (running) {
      push(Group.GATEWAY);
      keep(known.withTurns(table.history()));
    }
  }

  public synchronized void jwks(String now) {
    inputs = new Inputs(inputs.policy(), inputs.switches(), Optional.of(now), inputs.gateways());
    if (running) {
      push(Group.GATEWAY);
    }
    keep(known.withJwks(now));
  }

  public synchronized void gateways(List<String> live) {
    List<Endpoint> members = Gateways.members(live);
    if (!members.equals(inputs.gateways())) {
      inputs = new Inputs(inputs.policy(), inputs.switches(), inputs.jwks(), members);
      if (running) {
        push(Group.GATEWAY);
      }
    }
    if (unkept || !known.gateways().equals(live)) {
      keep(known.withGateways(live));
    }
  }

  private void push(Group group) {
    xds.publish(group, compiler.compile(group, inputs));
  }

  private void keep(LastKnown now) {
    known = now;
    if (!running) {
      return;
    }
    try {
      file.write(now);
      unkept = false;
    } catch (UncheckedIOException e) {
      if (!unkept) {
        LOG.error("the state is not kept; a start without the database would miss it", e);
      }
      unkept = true;
    }
  }
}
