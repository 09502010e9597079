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
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One trace id, from a client's header at the edge to the commit in the ledger.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class TraceE2eTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final int TRIES = 10;
  private static final String GRAB = "lantern.play.v1.PlayService/Grab";
  private static final String COMMIT = "settle book";

  @Test
  void grab_isOneTraceFromTheEdgeToTheCommit() throws Exception {
    String traceId = acceptedUnderATraceOfItsOwn();
    Predicate<List<Collector.Seen>> whole =
        spans ->
            spans.stream().anyMatch(span -> span.name().equals(COMMIT) && isOfTheGrab(span, spans));
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

  /// Whether its parents lead back to the call that the edge passed on.
  private static boolean isOfTheGrab(Collector.Seen span, List<Collector.Seen> spans) {
    Optional<Collector.Seen> at = Optional.of(span);
    while (at.isPresent() && !at.get().name().equals(GRAB)) {
      String parent = at.get().parentId();
      at = spans.stream().filter(s -> s.spanId().equals(parent)).findFirst();
    }
    return at.isPresent();
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
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
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
