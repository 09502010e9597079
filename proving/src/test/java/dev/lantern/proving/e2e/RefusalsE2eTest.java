package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.Garbage;
import dev.lantern.proving.edge.SessionClaims;
import dev.lantern.proving.laws.StoreFacts;
import dev.lantern.proving.laws.StoreReader;
import dev.lantern.proving.place.Auditor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What clients may not do, over both protocols: refused alike, and nothing changes.
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsE2eTest {
  private OpenRound round;
  private OpenRound.Person person;
  private OpenRound.Person other;

  @BeforeAll
  void begin() {
    round = OpenRound.begin("refuse");
    person = round.person("refused-1");
    other = round.person("refused-2");
  }

  @AfterAll
  void end() {
    round.close();
  }

  @ParameterizedTest
  @EnumSource(Garbage.class)
  void garbage_isRefusedAlike_andChangesNothing(Garbage garbage) {
    long before = new Auditor(round.stack()).handled(round.activityId());
    Told.Refused json = refused(round.json().broken(person.session(), garbage, round.grab(1)));
    Told.Refused grpc = refused(round.grpc().broken(person.session(), garbage, round.grab(1)));
    assertThat(json.reason()).isEqualTo(grpc.reason()).isNotEmpty();
    assertThat(json.code()).isEqualTo(grpc.code());
    assertThat(json.layer()).isNotEmpty();
    assertThat(grpc.layer()).isNotEmpty();
    assertThat(json.retryMs()).isNull();
    assertThat(grpc.retryMs()).isNull();
    assertThat(new Auditor(round.stack()).handled(round.activityId())).isEqualTo(before);
  }

  @Test
  void badField_isNamed() {
    for (Edge edge : List.of(round.json(), round.grpc())) {
      assertThat(refused(edge.broken(person.session(), Garbage.UNDERSCORE_SCENE, round.grab(1))))
          .extracting(Told.Refused::reason, Told.Refused::field)
          .containsExactly("INVALID_FIELD", "scene_id");
      assertThat(refused(edge.broken(person.session(), Garbage.ZERO_ROUND, round.grab(1))))
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
          refused(edge.grab(person.session(), round.grab(OpenRound.NOT_YET_OPEN)));
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
    Told accepted = round.json().grab(other.session(), round.grab(OpenRound.OPEN));
    assertThat(accepted).isInstanceOf(Told.Accepted.class);
    assertAlike(edge -> edge.order(person.session(), round.orderNo(other)), "NOT_YOURS");
    assertThat(round.grpc().order(other.session(), round.orderNo(other)))
        .isInstanceOf(Told.OrderShown.class);
  }

  @Test
  void actIdHeaders_ofAClient_areIgnored() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://%s:%d/v1/orders/%s"
                          .formatted(
                              round.stack().edge().host(),
                              round.stack().edge().port(),
                              "%d_%s_1_1_3".formatted(other.actId(), round.sceneId()))))
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
  void fuzzedRoundsScenesAndPaths_giveAtMostOneRewardAPersonAndOpenRound() {
    var people = new ArrayList<OpenRound.Person>();
    for (int i = 0; i < 5; i++) {
      people.add(round.person("fuzz-" + i));
    }
    var random = new Random(11);
    for (int i = 0; i < 400; i++) {
      OpenRound.Person who = people.get(i % people.size());
      Edge edge = i % 2 == 0 ? round.json() : round.grpc();
      edge.grab(who.session(), fuzzed(random));
    }
    people.forEach(who ->
        assertThat(round.json().grab(who.session(), round.grab(1)))
            .isInstanceOf(Told.Accepted.class));
    Map<Long, Long> perPerson = orders();
    people.forEach(who -> assertThat(perPerson).containsEntry(who.actId(), 1L));
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

  private Map<Long, Long> orders() {
    return new Auditor(round.stack())
        .inSnapshot(connection ->
            new StoreReader(connection)
                .read(round.activityId(), Set.of()).orders().stream()
                    .collect(
                        Collectors.groupingBy(StoreFacts.OrderRow::actId, Collectors.counting())));
  }

  private void assertAlike(Function<Edge, Told> call, String reason) {
    Told.Refused json = refused(call.apply(round.json()));
    Told.Refused grpc = refused(call.apply(round.grpc()));
    assertThat(json.reason()).isEqualTo(reason);
    assertThat(grpc.reason()).isEqualTo(reason);
    assertThat(json)
        .extracting(
            Told.Refused::code, Told.Refused::layer, Told.Refused::rule, Told.Refused::field)
        .containsExactly(grpc.code(), grpc.layer(), grpc.rule(), grpc.field());
  }

  private static Told.Refused refused(Told told) {
    assertThat(told).isInstanceOf(Told.Refused.class);
    return (Told.Refused) told;
  }
}
