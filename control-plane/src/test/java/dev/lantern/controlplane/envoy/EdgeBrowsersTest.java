package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.envoy.Caller.Answer;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Sharing;
import dev.lantern.controlplane.policy.Target;
import dev.lantern.controlplane.resources.EdgeSurface;
import dev.lantern.controlplane.resources.Page;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.wallet.v1.PresentTokensRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What browsers need of the edge, by a real Envoy: gRPC-Web, CORS, guards, pages with entity tags.
@Tag("mesh")
final class EdgeBrowsersTest {
  private static final String OURS = "https://play.example";
  private static final String FOREIGN = "https://play.example.evil.example";
  private static final String GRAB_JSON = "/v1/activities/spring/scenes/a/rounds/1:grab";
  private static final String GRAB = "/lantern.play.v1.PlayService/Grab";
  private static final Map<String, String> NOBODY = Map.of();
  private static final Page WAIT =
      new Page("/wait.html", "text/html; charset=utf-8", "<p>" + "wait ".repeat(2_000) + "</p>");

  @TempDir static Path dir;
  private static StaticEdge edge;

  @BeforeAll
  static void start() throws Exception {
    var policy =
        StaticEdge.policy(
            new Rule.RateLimit(
                About.of("few-tokens", new Origin("few-tokens.yaml", 1, 3)),
                Target.route("token.present"),
                new Rate(1, Duration.ofHours(1)),
                Duration.ofHours(4),
                Sharing.DIVIDED,
                Optional.empty(),
                new OnRefuse(Duration.ofSeconds(2), Duration.ZERO, "100 % zu viel, 红包")),
            StaticEdge.walletOff());
    var made =
        new StaticEdge.Made(
            new EdgeSurface(List.of(OURS, "http://localhost:3000"), List.of(WAIT)),
            List.of("order-center"));
    edge = StaticEdge.start(dir, policy, Map.of("wallet.view", 0), made);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @EnumSource
  void grpcWeb_order_isAnswered_withTrailersInTheBody(WebCall.Form form) throws Exception {
    var request = dev.lantern.order.v1.GetOrderRequest.newBuilder().setOrderNo("1_a_1_1_3").build();
    WebCall call =
        WebCall.of(
            edge.port, form, "/lantern.order.v1.OrderService/GetOrder", request, edge.session(7));
    assertThat(call.status()).isEqualTo("0");
    assertThat(call.header("content-type").orElse("")).startsWith("application/grpc-web");
    assertThat(call.answer(dev.lantern.order.v1.GetOrderResponse.parser()).getOrder().getOrderNo())
        .isEqualTo("1_a_1_1_3");
  }

  @ParameterizedTest
  @EnumSource
  void grpcWeb_refusal_hasTheSameCodeAndReasonAsGrpc(WebCall.Form form) throws Exception {
    WebCall nobody = WebCall.of(edge.port, form, GRAB, grab("a"), NOBODY);
    assertThat(nobody.status()).isEqualTo("16");
    assertThat(nobody.reason()).isEqualTo("UNAUTHENTICATED");
    WebCall busy = WebCall.of(edge.port, form, GRAB, grab("busy"), edge.session(7));
    assertThat(busy.status()).isEqualTo("8");
    assertThat(busy.trailers()).containsKey("grpc-retry-pushback-ms");
    WebCall off =
        WebCall.of(
            edge.port,
            form,
            "/lantern.wallet.v1.WalletService/GetWallet",
            dev.lantern.wallet.v1.GetWalletRequest.getDefaultInstance(),
            edge.session(7));
    assertThat(off.status()).isEqualTo("14");
    assertThat(off.reason()).isEqualTo("SWITCHED_OFF");
    WebCall unlisted =
        WebCall.of(
            edge.port, form, "/lantern.order.v1.OrderService/IssueReward", grab("a"), NOBODY);
    assertThat(unlisted.status()).isEqualTo("5");
    assertThat(unlisted.reason()).isEqualTo("NOT_FOUND");
  }

  @Test
  void grpcWeb_overALimit_isResourceExhausted_inItsOwnWords() throws Exception {
    for (int i = 0; i < 20; i++) {
      WebCall call =
          WebCall.of(
              edge.port,
              WebCall.Form.BINARY,
              "/lantern.wallet.v1.WalletService/PresentTokens",
              PresentTokensRequest.getDefaultInstance(),
              edge.session(7));
      if (call.status().equals("8")) {
        assertThat(call.reason()).isEqualTo("LIMITED");
        assertThat(URLDecoder.decode(call.trailers().get("grpc-message"), StandardCharsets.UTF_8))
            .isEqualTo("100 % zu viel, 红包");
        return;
      }
      assertThat(call.reason()).isEqualTo("DEPENDENCY_DOWN");
    }
    throw new AssertionError("the limit refused nobody");
  }

  @Test
  void preflight_ofOurPage_isAllowed_withoutASession() throws Exception {
    var answer =
        send(
            "OPTIONS",
            GRAB_JSON,
            Map.of(
                "origin", OURS,
                "access-control-request-method", "POST",
                "access-control-request-headers", "authorization"));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(OURS);
    assertThat(answer.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("POST");
    assertThat(answer.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("authorization");
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void preflight_ofAForeignPage_isAnsweredWithoutAWordOfCors() throws Exception {
    for (String origin : new String[] {FOREIGN, "null", "http://localhost:30000"}) {
      var answer =
          send(
              "OPTIONS",
              GRAB_JSON,
              Map.of("origin", origin, "access-control-request-method", "POST"));
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
    }
  }

  @Test
  void refusal_ofAnyLayer_canBeReadByOurPage_alone() throws Exception {
    for (String path : new String[] {GRAB_JSON, "/v1/nothing", "/v1/activities/a/wallet"}) {
      var ours = send("GET", path, Map.of("origin", OURS));
      assertThat(ours.headers().firstValue("access-control-allow-origin")).contains(OURS);
      assertThat(ours.headers().firstValue("access-control-expose-headers").orElse(""))
          .contains("retry-after");
      assertThat(ours.headers().allValues("vary")).contains("origin");
      var foreign = send("GET", path, Map.of("origin", FOREIGN));
      assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
  }

  /// Else a cache in between could hand our page what it keeps for somebody without an origin.
  @Test
  void page_saysThatItDiffersByOrigin_alsoToThoseWithoutOne() throws Exception {
    var page = send("GET", WAIT.path(), Map.of());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().allValues("vary")).contains("origin");
  }

  @Test
  void jsonAnswers_areGuarded_andSayNothingOfGrpc() throws Exception {
    var order = edge.caller.json("GET", "/v1/orders/1_a_1_1_3", "", edge.session(7));
    assertThat(order.status()).isEqualTo(200);
    Answer nobody = edge.caller.json("GET", "/v1/orders/1_a_1_1_3", "", NOBODY);
    assertThat(nobody.status()).isEqualTo(401);
    for (Answer answer : List.of(order, nobody)) {
      assertThat(answer.header("x-content-type-options")).contains("nosniff");
      assertThat(answer.header("cache-control")).contains("no-store");
      assertThat(answer.header("content-security-policy").orElse("")).contains("'none'");
      assertThat(answer.header("strict-transport-security")).isPresent();
      assertThat(answer.raw().headers().map())
          .doesNotContainKeys(
              "grpc-encoding",
              "grpc-accept-encoding",
              "grpc-status-details-bin",
              "x-envoy-upstream-service-time");
    }
  }

  @Test
  void requestId_isTheEdgesOwn_andReachesCallerServiceAndLog() throws Exception {
    var chosen = new java.util.HashMap<>(edge.session(7));
    chosen.put("x-request-id", "chosen-by-the-client");
    var answer = edge.caller.json("POST", GRAB_JSON, "{}", chosen);
    assertThat(answer.body().getAsJsonObject("award").get("amountFen").getAsString())
        .isEqualTo("1");
    String id = answer.header("x-request-id").orElse("");
    assertThat(id).isNotEmpty().isNotEqualTo("chosen-by-the-client");
    EnvoyProcess.await("the access log tells it", () -> logged(id));
  }

  @Test
  void page_isServedWhole_thenByItsTag() throws Exception {
    var whole = send("GET", "/wait.html", NOBODY);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(WAIT.body());
    assertThat(whole.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(whole.headers().firstValue("cache-control")).contains("public, max-age=600");
    assertThat(whole.headers().firstValue("x-content-type-options")).contains("nosniff");
    String tag = whole.headers().firstValue("etag").orElseThrow();
    for (String shown : new String[] {tag, "W/" + tag, "\"other\", " + tag}) {
      var unchanged = send("GET", "/wait.html", Map.of("if-none-match", shown));
      assertThat(unchanged.statusCode()).isEqualTo(304);
      assertThat(unchanged.body()).isEmpty();
      assertThat(unchanged.headers().firstValue("etag")).contains(tag);
    }
    assertThat(send("GET", "/wait.html", Map.of("if-none-match", "\"other\"")).statusCode())
        .isEqualTo(200);
  }

  private static boolean logged(String id) {
    try {
      return java.nio.file.Files.readString(dir.resolve("access.log")).contains(id);
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> send(String method, String path, Map<String, String> headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static GrabRequest grab(String scene) {
    return GrabRequest.newBuilder().setActivityId("spring").setSceneId(scene).setRainId(1).build();
  }
}
