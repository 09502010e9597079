package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.check.EnvoyBinary;
import dev.lantern.controlplane.check.PolicyCheck;
import dev.lantern.controlplane.envoy.EnvoyProcess;
import dev.lantern.controlplane.envoy.StaticEdge;
import dev.lantern.controlplane.envoy.TestCa;
import dev.lantern.controlplane.mesh.Mesh;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.state.LastKnown;
import dev.lantern.controlplane.state.StateFile;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Identity;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import dev.lantern.controlplane.xds.Answers;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The life of edits with all that takes part in it but Envoy and the database: a script that
/// complains when it is told to stands in for the check, [Answers] for the fleet.
final class PolicyPlace implements AutoCloseable {
  static final String SWITCH =
      """
      kind: Switch
      id: wallet.view
      owner: sre
      reason: why
      description: wallets are hidden
      default: 10000
      """;

  final Instant[] now = {Instant.parse("2027-02-05T12:00:00Z")};
  final MemoryRevisions store = new MemoryRevisions();
  final Ledger ledger = new Ledger(() -> now[0], Answers.NOBODY);
  final Answers gateway = new Answers(ledger, Group.GATEWAY, "gateway-1");
  final XdsServer xds;
  final Mesh mesh;
  final Edits edits;
  final Expiry expiry;
  final Takeback takeback;
  private final TlsIdentity identity;
  private final Path rejecting;
  private int requests;

  /// @param ca has certified `control-plane`; to make one takes longer than all else here
  PolicyPlace(Path dir, TestCa ca) throws Exception {
    rejecting = dir.resolve("rejecting");
    Path[] files = ca.files("control-plane");
    identity = TlsIdentity.open(new TlsConfig(files[0], files[1], files[2], Duration.ofMinutes(1)));
    xds = XdsServer.start(new Endpoint("127.0.0.1", EnvoyProcess.freePort()), identity, ledger);
    var compiler = new MeshResources(topology(), Contracts.load());
    mesh = new Mesh(compiler, xds, new StateFile(dir.resolve("data")), LastKnown.nothing());
    var board = new SwitchBoard(() -> now[0]);
    var reader = new DocumentReader(compiler.known());
    var envoy = new EnvoyBinary(script(dir), dir.resolve("candidates"));
    var check = new PolicyCheck(compiler, reader, Optional.of(envoy), mesh::inputs);
    edits = new Edits(store, reader, store, check, mesh, board, () -> now[0]);
    expiry = new Expiry(store, reader, edits, () -> now[0]);
    takeback = new Takeback(store, reader, compiler, ledger, edits, () -> now[0]);
  }

  private static Topology topology() {
    var here = new Endpoint("127.0.0.1", 1);
    var nobody = new Identity("a chain", "a key");
    return new Topology(
        StaticEdge.SERVICES.stream().map(name -> new Service(name, List.of(here))).toList(),
        here,
        here,
        Map.of(),
        Optional.empty(),
        "trust",
        Map.of(Group.GATEWAY, nobody, Group.MESH, nobody),
        2);
  }

  /// The check takes everything, or nothing.
  void rejecting(boolean now) {
    try {
      if (now) {
        Files.createFile(rejecting);
      } else {
        Files.delete(rejecting);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path script(Path dir) throws IOException {
    Path script =
        Files.writeString(dir.resolve("envoy"), "#!/bin/sh\ntest ! -e " + rejecting + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  static String limit(String id, String rate, String... more) {
    return """
    kind: RateLimit
    id: %s
    owner: sre
    reason: why
    match: {route: play.grab}
    limit: {rate: %s, burst: 1s, divide: gateways}
    on_refuse: {after: 2s, jitter: 3s, message: "busy"}
    """
            .formatted(id, rate)
        + String.join("\n", more)
        + "\n";
  }

  String expiresIn(Duration time) {
    return "expires: \"" + now[0].plus(time) + "\"";
  }

  Edits.Edit edit(Edits.Change change) {
    return new Edits.Edit(
        change, "", new Signed("operator", "ann", "why"), "request-" + ++requests, "policy.apply");
  }

  static Edits.Change put(String name, String yaml) {
    return new Edits.Change.Over(Map.of(name, yaml), Set.of());
  }

  /// What an edit made; it must have been applied.
  long applied(Edits.Change change) {
    Edits.Outcome outcome = edits.apply(edit(change));
    assertThat(outcome).isInstanceOf(Edits.Outcome.Applied.class);
    return ((Edits.Outcome.Applied) outcome).revision().number();
  }

  /// A document of the newest revision.
  Optional<String> text(String name) {
    return store.newest().documents().stream()
        .filter(document -> document.name().equals(name))
        .map(document -> document.yaml())
        .findFirst();
  }

  void tick() {
    expiry.tick(mesh.revision(), mesh.inputs().policy());
    takeback.tick(mesh.revision(), mesh.inputs());
  }

  @Override
  public void close() {
    xds.close();
    identity.close();
  }
}
