package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Code;
import dev.lantern.controlplane.envoy.Caller.Refused;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Law PLAIN at the edge: every refusal, the same over JSON and gRPC, by a real Envoy.
@Tag("mesh")
final class EdgeRefusalsTest {
  private static final String GRAB = "/v1/activities/spring/scenes/%s/rounds/1:grab";
  private static final Map<String, String> NOBODY = Map.of();

  @TempDir static Path dir;
  private static StaticEdge edge;
  private static StaticEdge switchedOff;

  @BeforeAll
  static void start() throws Exception {
    var policy =
        StaticEdge.policy(
            StaticEdge.grabLimit(1000, Duration.ofSeconds(1), Duration.ofMillis(500)),
            StaticEdge.drop(),
            StaticEdge.walletOff());
    edge = StaticEdge.start(sub("on"), policy, Map.of("wallet.view", 10_000, "play.grab.drop", 0));
    var tight =
        StaticEdge.policy(
            StaticEdge.grabLimit(1, Duration.ofHours(1), Duration.ofHours(4)),
            StaticEdge.drop(),
            StaticEdge.walletOff());
    switchedOff =
        StaticEdge.start(sub("off"), tight, Map.of("wallet.view", 0, "play.grab.drop", 5_000));
  }

  private static Path sub(String name) throws java.io.IOException {
    return java.nio.file.Files.createDirectories(dir.resolve(name));
  }

  @AfterAll
  static void stop() {
    edge.close();
    switchedOff.close();
  }

  @Test
  void grab_withSession_reachesTheServiceAsTheVerifiedUser() throws Exception {
    var json = edge.caller.json("POST", GRAB.formatted("a"), "{}", edge.session(42));
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.body().get("orderNo").getAsString()).isEqualTo("42");
    var grpc = edge.caller.grpc(PlayServiceGrpc.getGrabMethod(), grab("a"), edge.session(42));
    assertThat(grpc.getOrderNo()).isEqualTo("42");
    assertThat(json.body().get("billText").getAsString()).isEqualTo("2000m");
  }

  @Test
  void grab_withForgedClaimHeaders_isTheSessionsUser() throws Exception {
    var claims = edge.keys.claims(42);
    claims.remove("act_id");
    var forged =
        Map.of(
            "authorization", "Bearer " + edge.keys.sign(claims),
            "x-act-id", "99",
            "x-envoy-original-path", "/x",
            "x-lane", "stress");
    assertThat(edge.caller.grpc(PlayServiceGrpc.getGrabMethod(), grab("a"), forged).getOrderNo())
        .isEmpty();
    var json = edge.caller.json("POST", GRAB.formatted("a"), "{}", forged);
    assertThat(json.body().get("orderNo").getAsString()).isEmpty();
  }

  @Test
  void grab_withoutSession_isUnauthenticated() {
    var json = edge.caller.json("POST", GRAB.formatted("a"), "{}", NOBODY);
    assertThat(json.status()).isEqualTo(401);
    same(json, edge.caller.refusal(PlayServiceGrpc.getGrabMethod(), grab("a"), NOBODY));
    assertThat(json.refused().reason()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void grab_withForeignOrExpiredOrTamperedSession_isUnauthenticated() throws Exception {
    var foreign = TestKeys.generate("k1").session(42);
    var expired = edge.keys.claims(42);
    expired.put("exp", 1_700_000_000L);
    var otherAudience = edge.keys.claims(42);
    otherAudience.put("aud", "somebody");
    String good = edge.keys.session(42);
    int middle = good.lastIndexOf('.') + 20;
    String tampered =
        good.substring(0, middle)
            + (good.charAt(middle) == 'A' ? 'B' : 'A')
            + good.substring(middle + 1);
    for (String session :
        new String[] {foreign, edge.keys.sign(expired), edge.keys.sign(otherAudience), tampered}) {
      var bearer = Map.of("authorization", "Bearer " + session);
      assertThat(edge.caller.json("POST", GRAB.formatted("a"), "{}", bearer).refused().reason())
          .isEqualTo("UNAUTHENTICATED");
    }
    assertThat(
            edge.caller
                .json("POST", GRAB.formatted("a") + "?access_token=" + good, "{}", NOBODY)
                .status())
        .isEqualTo(401);
  }

  @Test
  void path_notListed_isNotFound() throws Exception {
    for (String path :
        new String[] {
          "/", "/v1/nothing", "/lantern.order.v1.OrderService/IssueReward", "/v1/activities/a%2Fb"
        }) {
      var json = edge.caller.json("POST", path, "{}", edge.session(1));
      assertThat(json.status()).as(path).isIn(404, 400);
    }
    var json = edge.caller.json("GET", "/v1/nothing", "", NOBODY);
    same(
        json,
        edge.caller.refusal(
            OrderServiceGrpc.getIssueRewardMethod(),
            dev.lantern.order.v1.IssueRewardRequest.getDefaultInstance(),
            NOBODY));
    assertThat(json.refused().reason()).isEqualTo("NOT_FOUND");
  }

  /// The transcoder would take it, and the call would go on without a session and without a limit.
  @Test
  void path_withASlashAtItsEnd_isNotFound_andReachesNoService() throws Exception {
    String limited = "cluster.order-center.upstream_rq_total";
    long before = edge.envoy.stat(limited);
    for (var headers : java.util.List.of(NOBODY, edge.session(1))) {
      for (String path : new String[] {"/v1/orders/1_a_1_1_3/", "/v1/activities/a/orders//"}) {
        var json = edge.caller.json("GET", path, "", headers);
        assertThat(json.status()).as(path).isEqualTo(404);
        assertThat(json.refused().reason()).isEqualTo("NOT_FOUND");
      }
    }
    assertThat(edge.envoy.stat(limited)).isEqualTo(before);
  }

  @Test
  void path_withAnotherMethod_isMethodNotAllowed() {
    for (String method : new String[] {"GET", "PUT", "DELETE", "OPTIONS"}) {
      var json = edge.caller.json(method, GRAB.formatted("a"), "", NOBODY);
      assertThat(json.status()).as(method).isEqualTo(405);
      assertThat(json.refused().reason()).isEqualTo("METHOD_NOT_ALLOWED");
      assertThat(json.header("allow")).contains("POST");
    }
  }

  @Test
  void body_thatIsNotJson_isMalformed() throws Exception {
    var json = edge.caller.json("POST", GRAB.formatted("a"), "{\"requestId\":", edge.session(1));
    assertThat(json.status()).isEqualTo(400);
    assertThat(json.refused().reason()).isEqualTo("MALFORMED_BODY");
    assertThat(json.refused().code()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
    var round =
        edge.caller.json(
            "POST", "/v1/activities/a/scenes/b/rounds/first:grab", "{}", edge.session(1));
    assertThat(round.status()).isEqualTo(400);
    assertThat(round.refused().reason()).isEqualTo("MALFORMED_BODY");
  }

  @Test
  void body_overTheLimit_isTooLarge() throws Exception {
    String big = "{\"requestId\":\"" + "x".repeat(70_000) + "\"}";
    var json = edge.caller.json("POST", GRAB.formatted("a"), big, edge.session(1));
    assertThat(json.status()).isEqualTo(413);
    var request = grab("a").toBuilder().setRequestId("x".repeat(70_000)).build();
    same(json, edge.caller.refusal(PlayServiceGrpc.getGrabMethod(), request, edge.session(1)));
    assertThat(json.refused().reason()).isEqualTo("TOO_LARGE");
  }

  @Test
  void service_thatRefuses_isHeardWithItsDetails() throws Exception {
    var json = edge.caller.json("POST", GRAB.formatted("busy"), "{}", edge.session(1));
    assertThat(json.status()).isEqualTo(429);
    assertThat(json.header("retry-after")).contains("3");
    same(json, edge.caller.refusal(PlayServiceGrpc.getGrabMethod(), grab("busy"), edge.session(1)));
    assertThat(json.refused().reason()).isEqualTo("BUDGET_BUSY");
  }

  @Test
  void service_thatDoesNotAnswer_isDeadline() throws Exception {
    var json = edge.caller.json("POST", GRAB.formatted("slow"), "{}", edge.session(1));
    assertThat(json.status()).isEqualTo(504);
    assertThat(json.refused().reason()).isEqualTo("DEADLINE");
    same(json, edge.caller.refusal(PlayServiceGrpc.getGrabMethod(), grab("slow"), edge.session(1)));
  }

  @Test
  void service_thatIsNotThere_isDependencyDown() throws Exception {
    var json = edge.caller.json("GET", "/v1/activities/a/wallet", "", edge.session(1));
    assertThat(json.status()).isEqualTo(503);
    assertThat(json.refused().reason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(json.header("retry-after")).contains("1");
    same(
        json,
        edge.caller.refusal(WalletServiceGrpc.getGetWalletMethod(), wallet(), edge.session(1)));
    var open =
        edge.caller.refusal(
            IdentityServiceGrpc.getCreateSessionMethod(),
            CreateSessionRequest.getDefaultInstance(),
            NOBODY);
    assertThat(open.reason()).isEqualTo("DEPENDENCY_DOWN");
  }

  @Test
  void wallet_switchedOff_isRefusedByTheSwitch() throws Exception {
    var json =
        switchedOff.caller.json("GET", "/v1/activities/a/wallet", "", switchedOff.session(1));
    assertThat(json.status()).isEqualTo(503);
    assertThat(json.header("retry-after")).contains("30");
    Refused refused = json.refused();
    assertThat(refused.reason()).isEqualTo("SWITCHED_OFF");
    assertThat(refused.metadata()).containsEntry("rule", "wallet.view");
    same(
        json,
        switchedOff.caller.refusal(
            WalletServiceGrpc.getGetWalletMethod(), wallet(), switchedOff.session(1)));
  }

  @Test
  void grab_limitedAndDropped_isToldWithItsRule() throws Exception {
    int dropped = 0;
    int limited = 0;
    for (long user = 1; user <= 60; user++) {
      var json =
          switchedOff.caller.json("POST", GRAB.formatted("a"), "{}", switchedOff.session(user));
      if (json.status() == 503) {
        dropped++;
        assertThat(json.refused().reason()).isEqualTo("DROPPED");
        assertThat(json.refused().metadata()).containsEntry("rule", "play.grab.drop");
        same(json, refusedGrab(user));
      } else if (json.status() == 429) {
        limited++;
        assertThat(json.refused().reason()).isEqualTo("LIMITED");
        assertThat(json.refused().metadata())
            .containsEntry("rule", "rain-grab-total")
            .containsEntry("layer", "gateway")
            .containsEntry("revision", "4")
            .containsEntry("jitter_ms", "3000");
        assertThat(json.header("retry-after")).contains("2");
        same(json, refusedGrab(user));
      }
    }
    assertThat(dropped).isBetween(15, 45);
    assertThat(limited).isEqualTo(60 - dropped - 4);
  }

  @Test
  void refusal_overGrpc_carriesPushback() {
    var never =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> edge.caller.grpc(PlayServiceGrpc.getGrabMethod(), grab("a"), NOBODY));
    assertThat(Caller.pushback(never)).isEqualTo(-1);
    var later =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                switchedOff.caller.grpc(
                    WalletServiceGrpc.getGetWalletMethod(), wallet(), switchedOff.session(1)));
    assertThat(Caller.pushback(later)).isEqualTo(30_000);
  }

  private static Refused refusedGrab(long user) throws GeneralSecurityException {
    return switchedOff.caller.refusal(
        PlayServiceGrpc.getGrabMethod(), grab("a"), switchedOff.session(user));
  }

  private static void same(Caller.Answer json, Refused grpc) {
    assertThat(json.raw().headers().firstValue("content-type")).contains("application/json");
    assertThat(grpc).isEqualTo(json.refused());
  }

  private static GrabRequest grab(String scene) {
    return GrabRequest.newBuilder().setActivityId("spring").setSceneId(scene).setRainId(1).build();
  }

  private static GetWalletRequest wallet() {
    return GetWalletRequest.newBuilder().setActivityId("a").build();
  }
}
