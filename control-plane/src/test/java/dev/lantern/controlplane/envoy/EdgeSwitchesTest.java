package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.EdgeRoute;
import dev.lantern.controlplane.resources.EdgeRoutes;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.SetLevelRequest;
import dev.lantern.mesh.v1.SwitchReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each switch that the edge obeys, turned: the answer that its entry promises, and back.
@Tag("mesh")
final class EdgeSwitchesTest {
  /// The route that a switch takes away.
  private static final Map<String, String> OFF =
      Map.of(
          "play.grab", "play.grab",
          "session.create", "session.create",
          "order.get", "order.get",
          "order.list", "order.list",
          "wallet.view", "wallet.get",
          "wallet.flows", "wallet.flows",
          "token.present", "token.present",
          "counter.get", "counter.get");

  /// The route of which a switch turns users away.
  private static final Map<String, String> DROP =
      Map.of(
          "play.grab.drop", "play.grab",
          "wallet.get.drop", "wallet.get",
          "order.get.drop", "order.get",
          "counter.get.drop", "counter.get");

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
  void switchedOffRoute_isRefusedAtTheEdge_andComesBack() throws Exception {
    for (var entry : OFF.entrySet()) {
      mesh.turn(entry.getKey(), 0);
      mesh.awaitEdge();
      assertThat(reason(entry.getValue()))
          .as(entry.getKey())
          .isEqualTo("SWITCHED_OFF " + entry.getKey());
      mesh.turn(entry.getKey(), 10_000);
      mesh.awaitEdge();
      assertThat(reason(entry.getValue())).as(entry.getKey()).doesNotContain("SWITCHED_OFF");
    }
  }

  @Test
  void drop_ofAll_turnsEverybodyAway_andEndsAtNought() throws Exception {
    for (var entry : DROP.entrySet()) {
      mesh.turn(entry.getKey(), 10_000);
      mesh.awaitEdge();
      assertThat(reason(entry.getValue()))
          .as(entry.getKey())
          .isEqualTo("DROPPED " + entry.getKey());
      mesh.turn(entry.getKey(), 0);
      mesh.awaitEdge();
      assertThat(reason(entry.getValue())).as(entry.getKey()).doesNotContain("DROPPED");
    }
  }

  /// The limit counts all the time, so it is full when the switch is turned; turning resets
  /// nothing.
  @Test
  void limitForAWhile_refusesOnlyWhileItsSwitchIsOn() throws Exception {
    String tight =
        """
        kind: Switch
        id: entry.tight
        owner: sre
        reason: trial
        removes: much
        description: what users see
        default: 0
        ---
        kind: RateLimit
        id: rain-grab-tight
        owner: sre
        reason: trial
        match: {route: play.grab}
        limit: {rate: 4/h, burst: 2h, divide: gateways}
        while: entry.tight
        """;
    long revision = mesh.apply("entry-tight.yaml", tight);
    mesh.awaitEdge();
    for (int i = 0; i < 12; i++) {
      assertThat(reason("play.grab")).isEqualTo("200");
    }
    mesh.turn("entry.tight", 10_000);
    mesh.awaitEdge();
    assertThat(reason("play.grab")).isEqualTo("LIMITED rain-grab-tight");
    mesh.turn("entry.tight", 0);
    mesh.awaitEdge();
    assertThat(reason("play.grab")).isEqualTo("200");
    assertThat(mesh.rollout().getRevision().getRevision()).isEqualTo(revision);
  }

  /// A level is one change: all that it sets is there at once, and gone at once.
  @Test
  void level_setsAllItsSwitchesAtTheEdge_andEndsByItself() throws Exception {
    var change =
        mesh.switches()
            .setLevel(
                SetLevelRequest.newBuilder()
                    .setLevel("L2")
                    .setLasting(Durations.fromMillis(1500))
                    .setAuthor("test")
                    .setReason("trial")
                    .setRequestId(UUID.randomUUID().toString())
                    .build())
            .getChange();
    assertThat(change.getCaller()).isEqualTo("operator");
    var switches =
        mesh.switches().listSwitches(ListSwitchesRequest.getDefaultInstance()).getSwitchesList();
    assertThat(switches)
        .filteredOn(one -> one.getLevel().equals("L2"))
        .extracting(one -> one.getName() + " " + one.getPerTenThousand())
        .containsExactlyInAnyOrder(
            "entry.tight 10000",
            "counter.get.drop 8000",
            "wallet.get.drop 5000",
            "play.grab.drop 2000");
    EnvoyProcess.await("the level ends", () -> levelOf("play.grab.drop").isEmpty());
    EnvoyProcess.await(
        "every gateway obeys",
        () ->
            mesh
                .switches()
                .listSwitches(ListSwitchesRequest.getDefaultInstance())
                .getReadersList()
                .stream()
                .filter(SwitchReader::getEnvoy)
                .allMatch(SwitchReader::getCurrent));
  }

  private static String levelOf(String name) {
    return mesh
        .switches()
        .listSwitches(ListSwitchesRequest.getDefaultInstance())
        .getSwitchesList()
        .stream()
        .filter(one -> one.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getLevel();
  }

  /// Reason and rule of what a route answers over JSON, or its status when it is not refused.
  private static String reason(String routeId) throws Exception {
    EdgeRoute route = EdgeRoutes.of(Contracts.load()).find(routeId).orElseThrow();
    String path = route.jsonPattern().replace("[^/]+", "7").replace("\\.", ".");
    var answer =
        mesh.caller.json(
            route.httpMethod(),
            path,
            route.reads() ? "" : "{}",
            route.session() ? mesh.session(42) : Map.of());
    var details = answer.body().getAsJsonArray("details");
    if (answer.status() < 400 || details == null || details.isEmpty()) {
      return Integer.toString(answer.status());
    }
    var info = details.get(0).getAsJsonObject();
    return info.get("reason").getAsString()
        + " "
        + info.getAsJsonObject("metadata").get("rule").getAsString();
  }
}
