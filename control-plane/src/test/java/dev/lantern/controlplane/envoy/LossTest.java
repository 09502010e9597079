package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.Switch;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the loss of a part changes: a dead control plane nothing, a dead database edits alone, an
/// Envoy that refuses a rule that rule alone, and it is shown.
@Tag("mesh")
final class LossTest {
  /// In the seeds: the total, and the one of a level.
  private static final int DIVIDED_LIMITS = 2;

  private static final String GRAB = "/v1/activities/spring/scenes/a/rounds/1:grab";
  private static final String WALLET = "/v1/activities/spring/wallet";

  @TempDir static Path dir;
  private static LiveMesh mesh;

  @BeforeAll
  static void start() throws Exception {
    mesh = LiveMesh.start(dir);
  }

  @AfterAll
  static void stop() {
    mesh.close();
  }

  @Test
  void controlPlaneKilled_changesNothing_andItsReturnSendsNothingAnew() throws Exception {
    mesh.apply("rain-grab-total.yaml", LiveMeshTest.limit("4/h", "2h"));
    EnvoyProcess.await("the new limit refuses", () -> refusedOfTwelve() > 0);
    mesh.awaitEdge();
    assertThat(refusedOfTwelve()).isEqualTo(12);
    long reloads = reloads();
    mesh.killControlPlane();
    assertThat(refusedOfTwelve()).isEqualTo(12);
    assertThat(mesh.caller.json("GET", WALLET, "", mesh.session(1)).status()).isEqualTo(200);
    mesh.startControlPlane();
    mesh.awaitEdge();
    assertThat(reloads()).isEqualTo(reloads);
    assertThat(refusedOfTwelve()).isEqualTo(12);
  }

  /// How often the edge took a configuration of any kind that differed from what it had.
  private static long reloads() {
    return mesh.edge().stat("listener_manager.listener_modified")
        + mesh.edge()
            .stat("extension_config_discovery.http_filter.limit.rain-grab-total.config_reload")
        + mesh.edge()
            .stat(
                "extension_config_discovery.http_filter.envoy.filters.http.jwt_authn.config_reload")
        + mesh.edge().stat("runtime.update_success")
        + mesh.edge().stat("http.gateway.rds.edge.config_reload")
        + mesh.edge().stat("cluster_manager.cluster_modified");
  }

  @Test
  void withoutDatabase_startsFromDisk_andRefusesEdits() throws Exception {
    List<String> known = switchNames();
    mesh.killControlPlane();
    mesh.startControlPlaneWithoutDatabase();
    mesh.restartEdge(text -> text);
    EnvoyProcess.await("a new edge serves", () -> grabStatus(5) == 200 || grabStatus(5) == 429);
    assertThat(switchNames()).isEqualTo(known).contains("play.grab.drop", "wallet.view");
    var refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> mesh.turn("wallet.view", 0));
    assertThat(Caller.read(refused).reason()).isEqualTo("DEPENDENCY_DOWN");
    mesh.killControlPlane();
    mesh.startControlPlane();
    mesh.awaitEdge();
  }

  @Test
  void refusedByAnEnvoy_isShownAtItsRule_onceAndOldConfigurationServes() throws Exception {
    mesh.apply("rain-grab-total.yaml", LiveMeshTest.limit("20000/s", "200ms"));
    // Accepted once, what a broken Envoy says of it later is not the edit's fault.
    mesh.awaitEdge();
    mesh.restartEdge(
        text -> text.replace("cluster_manager:\n", "").replace("  local_cluster_name: self\n", ""));
    EnvoyProcess.await(
        "the refusal is known",
        () ->
            mesh.node("gateway-1").getResourcesList().stream()
                    .filter(resource -> !resource.getError().isEmpty())
                    .count()
                == DIVIDED_LIMITS);
    var node = mesh.node("gateway-1");
    assertThat(node.getCurrent()).isFalse();
    var refused = node.getResourcesList().stream().filter(r -> !r.getError().isEmpty()).toList();
    assertThat(refused).allSatisfy(it -> assertThat(it.getType()).isEqualTo("ECDS"));
    assertThat(refused)
        .extracting(it -> it.getName() + " at " + it.getProblem().getDocument())
        .containsExactlyInAnyOrder(
            "limit.rain-grab-total at rain-grab-total.yaml",
            "limit.rain-grab-tight at entry-tight.yaml");
    assertThat(refused)
        .filteredOn(it -> it.getName().equals("limit.rain-grab-total"))
        .allSatisfy(it -> assertThat(it.getProblem().getLine()).isOne());
    assertThat(
            mesh.edge()
                .stat(
                    "extension_config_discovery.http_filter.limit.rain-grab-total.update_rejected"))
        .isOne();
    assertThat(grabStatus(77)).isEqualTo(200);
    mesh.restartEdge(text -> text);
    mesh.awaitEdge();
  }

  private static List<String> switchNames() {
    return mesh
        .switches()
        .listSwitches(ListSwitchesRequest.getDefaultInstance())
        .getSwitchesList()
        .stream()
        .map(Switch::getName)
        .toList();
  }

  private static int refusedOfTwelve() {
    int refused = 0;
    for (long user = 100; user < 112; user++) {
      refused += grabStatus(user) == 429 ? 1 : 0;
    }
    return refused;
  }

  private static int grabStatus(long user) {
    try {
      return mesh.caller.json("POST", GRAB, "{}", mesh.session(user)).status();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (AssertionError notListening) {
      return 0;
    }
  }
}
