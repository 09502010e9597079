package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One trace id, from a client's header through the edge Envoy's own span to the commit in the
/// ledger. Nothing else of the run is recorded (its sample ratio is 0): who brings a trace decides.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class TraceE2eTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final int TRIES = 10;
  private static final String GRAB = "lantern.play.v1.PlayService/Grab";
  private static final String COMMIT = "settle book";
  private static final String EDGE = "envoy-edge";
  private static final String CLIENT_SPAN = "00f067aa0ba902b7";

  @Test
  void grab_isOneTraceFromTheEdgeToTheCommit() throws Exception {
    String traceId = acceptedUnderATraceOfItsOwn();
    Predicate<List<Collector.Seen>> whole =
        spans ->
            spans.stream().anyMatch(span -> span.name().equals(COMMIT) && isOfTheTap(span, spans));
    List<Collector.Seen> spans = SharedStack.collector().await(traceId, whole, WITHIN.toNanos());
    assertThat(whole.test(spans))
        .as(
            "spans of the trace: %s",
            spans.stream()
                .map(s ->
                    "%s %s %s of %s".formatted(s.service(), s.name(), s.spanId(), s.parentId()))
                .toList())
        .isTrue();
  }

  @Test
  void metrics_arriveAtTheCollector() throws Exception {
    Predicate<Set<String>> calls = names -> names.stream().anyMatch(n -> n.contains("rpc.server"));
    for (String service : List.of("order-center", "wallet-api", "token-service")) {
      assertThat(SharedStack.collector().awaitMetrics(service, calls, WITHIN.toNanos()))
          .as("metrics of %s", service)
          .anyMatch(name -> name.contains("rpc.server"));
    }
  }

  /// Whether its parents lead back over the service's call and the edge's own span to the client.
  private static boolean isOfTheTap(Collector.Seen commit, List<Collector.Seen> spans) {
    boolean called = false;
    boolean passedTheEdge = false;
    Optional<Collector.Seen> at = Optional.of(commit);
    String parent = "";
    while (at.isPresent()) {
      called |= at.get().name().equals(GRAB);
      passedTheEdge |= called && at.get().service().equals(EDGE);
      String above = at.get().parentId();
      parent = above;
      at = spans.stream().filter(s -> s.spanId().equals(above)).findFirst();
    }
    return called && passedTheEdge && parent.equals(CLIENT_SPAN);
  }

  /// A refused try is made again by another user: only the trace of an acceptance has a commit.
  private static String acceptedUnderATraceOfItsOwn() throws Exception {
    OpenRound round = SharedStack.round();
    int status = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < TRIES; i++) {
        OpenRound.Person person = round.person("traced-" + i);
        byte[] id = new byte[16];
        new SecureRandom().nextBytes(id);
        String traceId = HexFormat.of().formatHex(id);
        var request =
            HttpRequest.newBuilder(
                    round.uri(
                        "/v1/activities/%s/scenes/%s/rounds/1:grab"
                            .formatted(round.activityId(), round.sceneId())))
                .header("authorization", "Bearer " + person.session())
                .header("content-type", "application/json")
                .header("traceparent", "00-" + traceId + "-" + CLIENT_SPAN + "-01")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        if (status == 200) {
          return traceId;
        }
      }
    }
    throw new AssertionError("no grab was accepted, the last answer was " + status);
  }
}
