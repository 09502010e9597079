package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.check.EnvoyBinary;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.EnvoyJson;
import dev.lantern.controlplane.resources.Inliner;
import dev.lantern.controlplane.resources.Inputs;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.topology.Service;
import dev.lantern.controlplane.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// With a collector the candidate is still one that Envoy takes: its samplers are younger than the
/// stubs, so nothing but Envoy can say whether they are well written.
@Tag("mesh")
final class TracedCandidateTest {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(Group.class)
  void candidateWithACollector_isTakenByEnvoy(Group group) throws Exception {
    TestCa ca = TestCa.create(dir, List.of("envoy-edge", "envoy-mesh"));
    var somewhere = new Endpoint("127.0.0.1", 4317);
    var topology =
        new Topology(
            StaticEdge.SERVICES.stream()
                .map(name -> new Service(name, List.of(somewhere)))
                .toList(),
            somewhere,
            somewhere,
            Map.of(),
            Optional.of(new Topology.Tracing(somewhere, 0.01)),
            ca.trust(),
            Map.of(Group.GATEWAY, ca.identity("envoy-edge"), Group.MESH, ca.identity("envoy-mesh")),
            2);
    var inputs =
        new Inputs(
            StaticEdge.policy(),
            Map.of(),
            Optional.of(TestKeys.generate("k1").jwks()),
            List.of(somewhere));
    var resources = new MeshResources(topology, Contracts.load()).compile(group, inputs);
    String candidate = EnvoyJson.print(Inliner.bootstrap(resources, "candidate", Optional.empty()));
    assertThat(candidate).contains("parent_based", "trace_id_ratio_based");
    assertThat(
            new EnvoyBinary(EnvoyProcess.binary(), dir.resolve("candidates")).complaint(candidate))
        .isEmpty();
  }
}
