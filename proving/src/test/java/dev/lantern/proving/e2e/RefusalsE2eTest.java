package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.Garbage;
import dev.lantern.proving.edge.SessionClaims;
import dev.lantern.proving.place.Auditor;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What clients may not do, over both protocols: refused alike, and nothing changes.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsE2eTest {
  private static final String BOOKED = "ORDER_STATE_SUCCESS";

  private OpenRound round;
  private OpenRound.Person person;
  private OpenRound.Person other;

  @BeforeAll
  void begin() {
    round = SharedStack.round();
    person = round.person("refused-1");
    other = round.person("refused-2");
  }

  @ParameterizedTest
  @EnumSource(Garbage.class)
  void garbage_isRefusedAlike_andChangesNothing(Garbage garbage) {
    Told.Refused json =
        refused(() -> round.json().broken(person.session(), garbage, round.grab(1)));
    Told.Refused grpc =
        refused(() -> round.grpc().broken(person.session(), garbage, round.grab(1)));
    assertThat(json.reason()).isEqualTo(grpc.reason()).isNotEmpty();
    assertThat(json.code()).isEqualTo(grpc.code());
    assertThat(json.layer()).isNotEmpty();
    assertThat(grpc.layer()).isNotEmpty();
    assertThat(json.retryMs()).isNull();
    assertThat(grpc.retryMs()).isNull();
    round.assertNothingOf(person);
  }

  @Test
  void badField_isNamed() {
    for (Edge edge : List.of(round.json(), round.grpc())) {
      assertThat(
              refused(() -> edge.broken(person.session(), Garbage.UNDERSCORE_SCENE, round.grab(1))))
          .extracting(Told.Refused::reason, Told.Refused::field)
          .containsExactly("INVALID_FIELD", "scene_id");
      assertThat(refused(() -> edge.broken(person.session(), Garbage.ZERO_ROUND, round.grab(1))))
          .extracting(Told.Refused::reason, Told.Refused::field)
          .containsExactly("INVALID_FIELD", "rain_id");
    }
  }

  @Test
  void session_missingOrForged_isUnauthenticated() {
    String forged = SessionClaims.forged(person.session());
    assertAlike(edge -> edge.grab(null, round.grab(1)), "UNAUTHENTICATED");
    assertAlike(edge -> edge.grab(forged, round.grab(1)), "UNAUTHENTICATED");
    assertAlike(edge -> edge.wallet(forged, round.activityId(), ""), "UNAUTHENTICATED");
  }

  @Test
  void roundNotOpen_saysWhen() {
    for (Edge edge : List.of(round.json(), round.grpc())) {
      Told.Refused refused =
          refused(() -> edge.grab(person.session(), round.grab(OpenRound.NOT_YET_OPEN)));
      assertThat(refused.reason()).isEqualTo("ROUND_NOT_OPEN");
      assertThat(refused.retryMs()).isPositive();
    }
  }

  @Test
  void undeclaredRoundAndActivity_areRefusedAlike() {
    assertAlike(edge -> edge.grab(person.session(), round.grab(77)), "UNDECLARED_ROUND");
    assertAlike(
        edge -> edge.grab(person.session(), new Edge.Grab("nowhere", round.sceneId(), 1, "x")),
        "UNKNOWN_ACTIVITY");
  }

  @Test
  void anothersOrder_isNotShown() {
    var _ = round.accepted(round.json(), other);
    assertAlike(edge -> edge.order(person.session(), round.orderNo(other)), "NOT_YOURS");
    assertThat(OpenRound.certain(() -> round.grpc().order(other.session(), round.orderNo(other))))
        .isInstanceOf(Told.OrderShown.class);
  }

  @Test
  void actIdHeaders_ofAClient_areIgnored() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(round.uri("/v1/orders/" + round.orderNo(other)))
              .header("authorization", "Bearer " + person.session())
              .header("x-act-id", Long.toString(other.actId()))
              .header("x-lane", "stress")
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("NOT_YOURS");
    }
  }

  @Test
  void fuzzedRoundsScenesAndPaths_giveAtMostOneRewardAPersonAndOpenRound() throws Exception {
    var people = new ArrayList<OpenRound.Person>();
    for (int i = 0; i < 5; i++) {
      people.add(round.person("fuzz-" + i));
    }
    var random = new Random(11);
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < 300; i++) {
        OpenRound.Person who = people.get(i % people.size());
        switch (i % 3) {
          case 0 -> round.json().grab(who.session(), fuzzed(random));
          case 1 -> round.grpc().grab(who.session(), fuzzed(random));
          default -> assertOwnOrderOrNone(who, post(http, who, fuzzedPath(random)));
        }
      }
    }
    for (OpenRound.Person who : people) {
      String orderNo = round.accepted(round.json(), who).orderNo();
      assertThat(orderNo).isEqualTo(round.orderNo(who));
      Told booked =
          OpenRound.until(
              told -> told instanceof Told.OrderShown shown && shown.state().equals(BOOKED),
              () -> round.grpc().order(who.session(), orderNo));
      assertThat(booked).isInstanceOf(Told.OrderShown.class);
      assertThat(new Auditor(round.stack()).ordersOf(who.actId())).isOne();
      assertThat(round.exactWallet(who).balanceFen()).isEqualTo(OpenRound.EACH_FEN);
    }
  }

  private Edge.Grab fuzzed(Random random) {
    int[] rounds = {1, 1, 2, 3, 100, Integer.MAX_VALUE};
    String[] scenes = {
      round.sceneId(), round.sceneId() + "x", round.sceneId().substring(1), "a", "1", "x".repeat(32)
    };
    String[] activities = {
      round.activityId(), round.activityId(), round.sceneId(), round.activityId() + "-c"
    };
    return new Edge.Grab(
        activities[random.nextInt(activities.length)],
        scenes[random.nextInt(scenes.length)],
        rounds[random.nextInt(rounds.length)],
        "fuzz");
  }

  /// The path of a good grab with something put into it.
  private String fuzzedPath(Random random) {
    String good =
        "/v1/activities/%s/scenes/%s/rounds/1:grab".formatted(round.activityId(), round.sceneId());
    List<String> bits = List.of("/", "%2F", "..", "%00", "%20", ";x", "?a=b", ":", "%3A", "A", "1");
    int at = random.nextInt(1, good.length() + 1);
    int cut = Math.min(good.length(), at + random.nextInt(3));
    return good.substring(0, at) + bits.get(random.nextInt(bits.size())) + good.substring(cut);
  }

  private HttpResponse<String> post(HttpClient http, OpenRound.Person who, String path)
      throws Exception {
    var request =
        HttpRequest.newBuilder(round.uri(path))
            .header("authorization", "Bearer " + who.session())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void assertOwnOrderOrNone(OpenRound.Person who, HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).contains(round.orderNo(who));
    }
  }

  private void assertAlike(Function<Edge, Told> call, String reason) {
    Told.Refused json = refused(() -> call.apply(round.json()));
    Told.Refused grpc = refused(() -> call.apply(round.grpc()));
    assertThat(json.reason()).isEqualTo(reason);
    assertThat(grpc.reason()).isEqualTo(reason);
    assertThat(json)
        .extracting(
            Told.Refused::code, Told.Refused::layer, Told.Refused::rule, Told.Refused::field)
        .containsExactly(grpc.code(), grpc.layer(), grpc.rule(), grpc.field());
  }

  private static Told.Refused refused(Supplier<Told> call) {
    Told told = OpenRound.certain(call);
    assertThat(told).isInstanceOf(Told.Refused.class);
    return (Told.Refused) told;
  }
}
