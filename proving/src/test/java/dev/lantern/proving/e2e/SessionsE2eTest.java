package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.SessionClaims;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who a client is follows from its session alone, and a session is only one if token-service made
/// it, for this edge, and not too long ago.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SessionsE2eTest {
  private static final SessionMint.Claims GOOD = SessionMint.Claims.good();

  private OpenRound round;
  private OpenRound.Person person;
  private OpenRound.Person other;
  private SessionMint mint;

  @BeforeAll
  void begin() {
    round = SharedStack.round();
    person = round.person("session-1");
    other = round.person("session-2");
    mint = SessionMint.ofStack(round.stack().home());
  }

  @Test
  void sessionOfTheStacksKey_isGood_untilItExpires() {
    String good = mint.session(person.actId(), GOOD);
    String expired = mint.session(person.actId(), GOOD.endingIn(Duration.ofMinutes(-3)));
    for (Edge edge : List.of(round.json(), round.grpc())) {
      assertThat(OpenRound.certain(() -> edge.wallet(good, round.activityId(), "")))
          .isInstanceOf(Told.WalletShown.class);
      assertUnauthenticated(edge, expired);
    }
    round.assertNothingOf(person);
  }

  @Test
  void foreignSession_isUnauthenticated() {
    List<String> foreign =
        List.of(
            mint.ofStranger().session(person.actId(), GOOD),
            mint.session(person.actId(), GOOD.to("another-edge")),
            mint.session(person.actId(), GOOD.from("somebody")),
            new SessionMint("no-such-key", mint.key()).session(person.actId(), GOOD),
            SessionClaims.forged(person.session()),
            unsigned(person.session()),
            "nonsense");
    for (Edge edge : List.of(round.json(), round.grpc())) {
      foreign.forEach(session -> assertUnauthenticated(edge, session));
      assertRefused(edge.grab(null, round.grab(OpenRound.OPEN)));
    }
    round.assertNothingOf(person);
  }

  /// A session's head and claims with a stranger's claims in between: nobody signed that.
  @Test
  void sessionWithAnotherUsersClaims_isUnauthenticated() {
    String[] mine = person.session().split("\\.", -1);
    String[] theirs = other.session().split("\\.", -1);
    String mixed = mine[0] + "." + theirs[1] + "." + mine[2];
    for (Edge edge : List.of(round.json(), round.grpc())) {
      assertUnauthenticated(edge, mixed);
    }
    round.assertNothingOf(other);
  }

  @Test
  void actIdOfSomebodyElse_inHeadersQueryOrBody_isNoMatter() throws Exception {
    String path =
        "/v1/activities/%s/scenes/%s/rounds/1:grab".formatted(round.activityId(), round.sceneId());
    OpenRound.Person grabber = round.person("session-3");
    String id = Long.toString(other.actId());
    try (HttpClient http = HttpClient.newHttpClient()) {
      post(http, grabber, path + "?actId=" + id, "{}");
      post(http, grabber, path + "?act_id=" + id, "{}");
      post(http, grabber, path, "{\"actId\":\"" + id + "\"}");
      post(http, grabber, path, "{\"act_id\":" + id + "}");
    }
    assertThat(round.accepted(round.json(), grabber).orderNo()).isEqualTo(round.orderNo(grabber));
    round.assertNothingOf(other);
  }

  /// Whether it is refused for the strange field or taken without it: never for somebody else.
  private void post(HttpClient http, OpenRound.Person who, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(round.uri(path))
            .header("authorization", "Bearer " + who.session())
            .header("content-type", "application/json")
            .header("x-act-id", Long.toString(other.actId()))
            .header("x-app-id", "7")
            .header("x-lane", "stress")
            .header(
                "x-forwarded-client-cert",
                "By=spiffe://lantern/order-center;URI=spiffe://lantern/operator")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isIn(200, 400);
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).contains(round.orderNo(who));
    }
  }

  private void assertUnauthenticated(Edge edge, String session) {
    assertRefused(edge.grab(session, round.grab(OpenRound.OPEN)));
    assertRefused(edge.wallet(session, round.activityId(), ""));
    assertRefused(edge.order(session, round.orderNo(person)));
  }

  private static void assertRefused(Told told) {
    assertThat(told).isInstanceOf(Told.Refused.class);
    Told.Refused refused = (Told.Refused) told;
    assertThat(refused.reason()).isEqualTo("UNAUTHENTICATED");
    assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(refused.layer()).isEqualTo("authn");
    assertThat(refused.retryMs()).isNull();
  }

  /// The same session by the algorithm `none`.
  private static String unsigned(String session) {
    return "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + session.split("\\.", -1)[1] + ".";
  }
}
