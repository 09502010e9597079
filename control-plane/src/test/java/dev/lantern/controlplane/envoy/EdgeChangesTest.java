package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Instead;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Target;
import dev.lantern.controlplane.policy.Toward;
import dev.lantern.controlplane.resources.EdgeSurface;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.ListFlowsRequest;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What rules can make of a route, by a real Envoy: wallet-api is dead throughout.
@Tag("mesh")
final class EdgeChangesTest {
  private static final String GRAB = "/v1/activities/spring/scenes/a/rounds/1:grab";
  private static final int USERS = 60;
  private static final OnRefuse LATER =
      new OnRefuse(Duration.ofSeconds(30), Duration.ZERO, "switched off for now");

  private static final String LATER_JSON =
      "{\"flows\":[],\"nextPageToken\":\"\",\"degradedSources\":[\"all\"]}";

  @TempDir static Path dir;
  private static StaticEdge edge;

  @BeforeAll
  static void start() throws Exception {
    Policy policy =
        StaticEdge.policy(
            instead(
                "wallet-elsewhere",
                "wallet.get",
                "wallet.own",
                new Instead.Fallback("order-center")),
            instead(
                "flows-later",
                "wallet.flows",
                "wallet.flows",
                new Instead.Answer(LATER_JSON, LATER)),
            toward(
                "orders-twice",
                "order.get",
                Optional.of(new Toward("token-service", "order.mirror")),
                Optional.empty()),
            toward(
                "grab-new",
                "play.grab",
                Optional.empty(),
                Optional.of(new Toward("token-service", "grab.new"))));
    var made = new StaticEdge.Made(EdgeSurface.bare(), List.of("order-center", "token-service"));
    edge =
        StaticEdge.start(
            dir,
            policy,
            Map.of("wallet.own", 0, "wallet.flows", 0, "order.mirror", 10_000, "grab.new", 5_000),
            made);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void fallback_answersFromTheOtherCluster_overBothProtocols() throws Exception {
    var json = edge.caller.json("GET", "/v1/activities/spring/wallet", "", edge.session(1));
    assertThat(json.status()).isEqualTo(200);
    var request = GetWalletRequest.newBuilder().setActivityId("spring").build();
    var grpc = edge.caller.grpc(WalletServiceGrpc.getGetWalletMethod(), request, edge.session(1));
    assertThat(grpc.getWallet().getActivityId()).isEqualTo("spring");
  }

  @Test
  void fixedAnswer_isGivenOverJson_andARefusalOverGrpc() throws Exception {
    var json = edge.caller.json("GET", "/v1/activities/spring/wallet/flows", "", edge.session(1));
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.header("content-type")).contains("application/json");
    assertThat(json.header("x-lantern-rule")).contains("flows-later");
    assertThat(json.body().getAsJsonArray("degradedSources").get(0).getAsString()).isEqualTo("all");
    var grpc =
        edge.caller.refusal(
            WalletServiceGrpc.getListFlowsMethod(),
            ListFlowsRequest.newBuilder().setActivityId("spring").build(),
            edge.session(1));
    assertThat(grpc.reason()).isEqualTo("SWITCHED_OFF");
    assertThat(grpc.metadata()).containsEntry("revision", "9");
  }

  @Test
  void fixedAnswer_isForSessionsOnly_likeTheRouteItself() {
    var json = edge.caller.json("GET", "/v1/activities/spring/wallet/flows", "", Map.of());
    assertThat(json.status()).isEqualTo(401);
  }

  @Test
  void mirror_sendsACopy_andTheCallerHearsTheOriginal() throws Exception {
    var json = edge.caller.json("GET", "/v1/orders/1_a_1_1_3", "", edge.session(1));
    assertThat(json.status()).isEqualTo(200);
    EnvoyProcess.await(
        "the copy arrives", () -> edge.envoy.stat("cluster.token-service.upstream_rq_total") > 0);
  }

  @Test
  void ramp_servesAlwaysTheSameUsersElsewhere_overBothProtocols() throws Exception {
    int elsewhere = 0;
    for (long user = 1; user <= USERS; user++) {
      String by = servedBy(user);
      elsewhere += by.equals("token-service") ? 1 : 0;
      assertThat(servedBy(user)).isEqualTo(by);
      var grpc = edge.caller.grpc(PlayServiceGrpc.getGrabMethod(), grab(), edge.session(user));
      assertThat(grpc.getAward().getRewardId()).isEqualTo(by);
    }
    assertThat(elsewhere).isBetween(USERS / 4, USERS * 3 / 4);
  }

  private static Rule instead(String id, String route, String switchName, Instead instead) {
    return new Rule.Degradation(about(id), Target.route(route), switchName, instead);
  }

  private static Rule toward(
      String id, String route, Optional<Toward> mirror, Optional<Toward> ramp) {
    return new Rule.Route(
        about(id),
        Target.route(route),
        Duration.ofSeconds(2),
        Optional.empty(),
        Optional.empty(),
        mirror,
        ramp);
  }

  private static About about(String id) {
    return About.of(id, new Origin(id + ".yaml", 1, 9));
  }

  private static String servedBy(long user) throws GeneralSecurityException {
    return edge.caller
        .json("POST", GRAB, "{}", edge.session(user))
        .body()
        .getAsJsonObject("award")
        .get("rewardId")
        .getAsString();
  }

  private static GrabRequest grab() {
    return GrabRequest.newBuilder().setActivityId("spring").setSceneId("a").setRainId(1).build();
  }
}
