package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Timestamps;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.ValidatePolicyRequest;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promises of the mesh on the real thing: what an edit keeps, how fast a switch turns, who may
/// pass which listener.
@Tag("mesh")
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
    assertThat(millis.getLast()).isLessThan(1000);
  }

  @Test
  void limitChanged_takesEffectAndSurvivesOtherPushes() throws Exception {
    mesh.apply("rain-grab-total.yaml", limit("4/h", "2h"));
    EnvoyProcess.await("the new limit refuses", () -> refusedOfTwelve() > 0);
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
  void drop_isStickyPerUserAndNested_overBothProtocols() throws Exception {
    try {
      turnDrop(3_000);
      Set<Long> few = droppedOfHundred();
      assertThat(few.size()).isBetween(15, 45);
      assertThat(droppedOfHundred()).isEqualTo(few);
      for (long user : few) {
        assertThat(grabOverGrpc(user)).isEqualTo("DROPPED");
      }
      turnDrop(6_000);
      assertThat(droppedOfHundred()).containsAll(few).hasSizeGreaterThan(few.size());
    } finally {
      turnDrop(0);
    }
    assertThat(droppedOfHundred()).isEmpty();
  }

  private static void turnDrop(int perTenThousand) {
    mesh.turn("play.grab.drop", perTenThousand);
    mesh.awaitEdge();
  }

  private static Set<Long> droppedOfHundred() {
    var dropped = new TreeSet<Long>();
    for (long user = 1000; user < 1100; user++) {
      if (grabStatus(user) == 503) {
        dropped.add(user);
      }
    }
    return dropped;
  }

  private static String grabOverGrpc(long user) throws Exception {
    return mesh.caller
        .refusal(PlayServiceGrpc.getGrabMethod(), grab(), mesh.session(user))
        .reason();
  }

  @Test
  void brokenRule_isRefusedWithItsLine_andChangesNothing() {
    long before = mesh.rollout().getRevision().getRevision();
    String broken = limit("20000/s", "200ms") + "burts: 3\n";
    var problems =
        mesh.policies()
            .validatePolicy(
                ValidatePolicyRequest.newBuilder()
                    .addDocuments(
                        PolicyDocument.newBuilder().setName("rain-grab-total.yaml").setYaml(broken))
                    .build())
            .getProblemsList();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().getCode()).isEqualTo("UNKNOWN_FIELD");
    assertThat(problems.getFirst().getLine()).isEqualTo(7);
    var refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> mesh.apply("rain-grab-total.yaml", broken));
    assertThat(Caller.read(refused).reason()).isEqualTo("POLICY_REJECTED");
    assertThat(Caller.read(refused).metadata()).containsEntry("line", "7");
    assertThat(mesh.rollout().getRevision().getRevision()).isEqualTo(before);
  }

  @Test
  void staleEtag_isRefused_andTheSameRequestAppliesOnce() {
    var edit = LiveMesh.edit("note.yaml", "# nothing yet\n");
    long first = mesh.policies().applyPolicy(edit).getRevision().getRevision();
    assertThat(mesh.policies().applyPolicy(edit).getRevision().getRevision()).isEqualTo(first);
    var stale =
        LiveMesh.edit("note.yaml", "# something\n").toBuilder().setEtag("not-the-newest").build();
    var refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> mesh.policies().applyPolicy(stale));
    assertThat(Caller.read(refused).reason()).isEqualTo("STALE_ETAG");
  }

  @Test
  void meshListener_routesByAuthority_andSaysWhoCalls() throws Exception {
    var channel = mesh.channel("wallet-api", mesh.port("mesh.port"), "order-center");
    try {
      var forged = new Metadata();
      forged.put(
          Metadata.Key.of("x-forwarded-client-cert", Metadata.ASCII_STRING_MARSHALLER),
          "URI=spiffe://lantern/operator");
      var play =
          PlayServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(forged));
      assertThat(play.grab(grab()).getAward().getTitle())
          .contains("URI=spiffe://lantern/wallet-api")
          .doesNotContain("operator");
    } finally {
      channel.shutdownNow();
    }
    var nobody = mesh.channel("wallet-api", mesh.port("mesh.port"), "localhost");
    try {
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> PlayServiceGrpc.newBlockingStub(nobody).grab(grab()));
      assertThat(Caller.read(refused).reason()).isEqualTo("NOT_FOUND");
    } finally {
      nobody.shutdownNow();
    }
  }

  @Test
  void operatorsListener_takesOperatorsOnly() throws Exception {
    var channel = mesh.channel("order-center", mesh.port("operators.port"), "control-plane");
    try {
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  SwitchServiceGrpc.newBlockingStub(channel)
                      .listSwitches(ListSwitchesRequest.getDefaultInstance()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void watcher_hearsOfATurnThroughTheMesh() throws Exception {
    var channel = mesh.channel("order-center", mesh.port("mesh.port"), "control-plane");
    try {
      var heard =
          SwitchServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .watchSwitches(
                  WatchSwitchesRequest.newBuilder().setWatcher("order-center/test").build());
      long revision = heard.next().getRevision();
      mesh.turn("play.grab.drop", 7);
      WatchSwitchesResponse next = heard.next();
      while (next.getRevision() == revision) {
        next = heard.next();
      }
      assertThat(next.getSwitchesList())
          .anyMatch(s -> s.getName().equals("play.grab.drop") && s.getPerTenThousand() == 7);
    } finally {
      mesh.turn("play.grab.drop", 0);
      channel.shutdownNow();
    }
  }

  @Test
  void switchWithExpiry_fallsBackByItself() throws Exception {
    var session = mesh.session(1);
    var _ =
        mesh.switches()
            .setSwitch(
                SetSwitchRequest.newBuilder()
                    .setName("wallet.view")
                    .setPerTenThousand(0)
                    .setReason("trial")
                    .setExpireTime(Timestamps.fromMillis(System.currentTimeMillis() + 1500))
                    .build());
    EnvoyProcess.await("off", () -> mesh.caller.json("GET", WALLET, "", session).status() == 503);
    EnvoyProcess.await(
        "on again", () -> mesh.caller.json("GET", WALLET, "", session).status() == 200);
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
