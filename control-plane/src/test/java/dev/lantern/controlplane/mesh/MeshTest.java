package dev.lantern.controlplane.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.controlplane.envoy.EnvoyProcess;
import dev.lantern.controlplane.envoy.StaticEdge;
import dev.lantern.controlplane.envoy.TestCa;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.state.LastKnown;
import dev.lantern.controlplane.state.StateFile;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a failure in the midst of a change leaves.
final class MeshTest {
  private static final String IDENTITY = "control-plane";
  private static final Ledger.Presence NOBODY_LISTENS =
      new Ledger.Presence() {
        @Override
        public void connected(Group group, String nodeId) {}

        @Override
        public void left(Group group, String nodeId) {}
      };

  @TempDir Path dir;
  private TlsIdentity identity;
  private XdsServer xds;
  private StateFile file;
  private Mesh mesh;

  @BeforeEach
  void start() throws Exception {
    TestCa ca = TestCa.create(dir, List.of(IDENTITY));
    Path[] files = ca.files(IDENTITY);
    identity = TlsIdentity.open(new TlsConfig(files[0], files[1], files[2], Duration.ofMinutes(1)));
    var somewhere = new Endpoint("127.0.0.1", EnvoyProcess.freePort());
    xds = XdsServer.start(somewhere, identity, new Ledger(InstantSource.system(), NOBODY_LISTENS));
    file = new StateFile(dir.resolve("state"));
    var compiler = new MeshResources(topology(ca, somewhere), Contracts.load());
    mesh = new Mesh(compiler, xds, file, LastKnown.nothing());
  }

  @AfterEach
  void stop() {
    xds.close();
    identity.close();
  }

  @Test
  void diskThatTakesNothing_holdsUpNothing_andIsWrittenOnceItDoes() throws Exception {
    Path obstacle = Files.createDirectories(dir.resolve("state/last-known.json.new"));
    mesh.policy(revision(7), new Policy(List.of()), Map.of());
    assertThat(mesh.isRunning()).isTrue();
    assertThat(mesh.revision()).isEqualTo(revision(7));
    assertThat(xds.versions(Group.GATEWAY)).isNotEmpty();
    mesh.gateways(List.of());
    assertThat(file.read()).isEmpty();
    Files.delete(obstacle);
    mesh.gateways(List.of());
    assertThat(file.read().map(LastKnown::revision)).contains(revision(7));
  }

  @Test
  void policyThatDoesNotTakeEffectWhole_isNotTheOneInForce_andMayBeRunAgain() {
    var failing = new boolean[] {true};
    mesh.listen((_, _) -> {
      if (failing[0]) {
        throw new IllegalStateException("cannot be told");
      }
    });
    assertThatThrownBy(() -> mesh.policy(revision(7), new Policy(List.of()), Map.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(mesh.revision()).isEqualTo(Revision.none());
    failing[0] = false;
    mesh.policy(revision(7), new Policy(List.of()), Map.of());
    assertThat(mesh.revision()).isEqualTo(revision(7));
  }

  private static Topology topology(TestCa ca, Endpoint somewhere) throws Exception {
    var own = ca.identity(IDENTITY);
    return new Topology(
        StaticEdge.SERVICES.stream().map(name -> new Service(name, List.of(somewhere))).toList(),
        somewhere,
        somewhere,
        Map.of(),
        Optional.empty(),
        ca.trust(),
        Map.of(Group.GATEWAY, own, Group.MESH, own),
        2);
  }

  private static Revision revision(long number) {
    Instant at = Instant.parse("2027-01-01T12:00:00Z");
    return new Revision(number, "e", "me", "why", at, List.of(new Document("d", "yaml", 2)));
  }
}
