package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The promises of the mesh on the real thing: what a push keeps, how fast a switch turns, what a
/// dead control plane changes (nothing), and that a refusal is shown at its rule.
@Tag("mesh")
@TestMethodOrder(MethodOrderer.MethodName.class)
final class LiveMeshTest {
  private static final String GRAB = "/v1/activities/spring/scenes/a/rounds/1:grab";
  private static final String WALLET = "/v1/activities/spring/wallet";

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS)
  static Path dir;

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
  void grab_throughEdge_isAnsweredByTheService() throws Exception {
    var json = mesh.caller.json("POST", GRAB, "{}", mesh.session(42));
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.body().get("orderNo").getAsString()).isEqualTo("42");
    var grpc = mesh.caller.grpc(PlayServiceGrpc.getGrabMethod(), grab(), mesh.session(43));
    assertThat(grpc.getOrderNo()).isEqualTo("43");
  }

  @Test
  void switchTurned_reachesTheEdgeWithinASecond() throws Exception {
    var session = mesh.session(1);
    var millis = new java.util.ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      int value = i % 2 == 0 ? 0 : 10_000;
      int status = value == 0 ? 503 : 200;
      long began = System.nanoTime();
      mesh.turn("wallet.view", value);
      EnvoyProcess.await(
          "wallet answers " + status,
          () -> mesh.caller.json("GET", WALLET, "", session).status() == status);
      millis.add((System.nanoTime() - began) / 1_000_000);
    }
    java.util.Collections.sort(millis);
    System.out.println("switch set -> seen at the edge, ms: " + millis);
    assertThat(millis.getLast()).isLessThan(1000);
  }

  @Test
  void limitChanged_takesEffectAndSurvivesOtherPushes() throws Exception {
    long began = System.nanoTime();
    mesh.apply("rain-grab-total.yaml", limit("4/h", "2h"));
    EnvoyProcess.await("the new limit refuses", () -> refusedOfTwelve() > 0);
    System.out.println("limit applied -> seen, ms: " + (System.nanoTime() - began) / 1_000_000);
    assertThat(refusedOfTwelve()).isEqualTo(12);
    // A key change pushes ECDS, a switch RTDS, a degradation RDS: none refills the bucket.
    mesh.turn("wallet.view", 10_000);
    mesh.rotateKeys("k2");
    EnvoyProcess.await("the new key is known", () -> grabStatus(900) != 401);
    mesh.apply(
        "wallet-view.yaml",
        java.nio.file.Files.readString(
                Path.of(mesh.place("checkout"), "envoy/policies/wallet-view.yaml"))
            .replace("will be back soon", "will be back"));
    mesh.awaitEdge();
    assertThat(refusedOfTwelve()).isEqualTo(12);
    mesh.apply("rain-grab-total.yaml", limit("20000/s", "200ms"));
    EnvoyProcess.await("the old limit is back", () -> grabStatus(901) == 200);
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
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rollout_showsEveryEnvoyCurrent() {
    EnvoyProcess.await("all current", mesh::allCurrent);
    var node = mesh.node("gateway-1");
    assertThat(node.getResourcesList())
        .extracting(resource -> resource.getType())
        .contains("LDS", "RDS", "CDS", "EDS", "SDS", "RTDS", "ECDS");
    assertThat(node.getResourcesList()).allMatch(resource -> resource.getError().isEmpty());
  }

  static String limit(String rate, String burst) {
    return """
    kind: RateLimit
    id: rain-grab-total
    owner: sre
    reason: trial
    match: {route: play.grab}
    limit: {rate: %s, burst: %s, divide: gateways}
    """
        .formatted(rate, burst);
  }

  private static GrabRequest grab() {
    return GrabRequest.newBuilder().setActivityId("spring").setSceneId("a").setRainId(1).build();
  }
}
