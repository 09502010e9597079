package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One trace id, from a client's header at the edge to the commit in the ledger.
@Tag("e2e")
final class TraceE2eTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Test
  void grab_isOneTraceFromTheEdgeToTheCommit() throws Exception {
    try (OpenRound round = OpenRound.begin("trace");
        HttpClient http = HttpClient.newHttpClient()) {
      OpenRound.Person person = round.person("traced");
      var random = new Random();
      byte[] id = new byte[16];
      random.nextBytes(id);
      String traceId = HexFormat.of().formatHex(id);
      var request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://%s:%d/v1/activities/%s/scenes/%s/rounds/1:grab"
                          .formatted(
                              round.stack().edge().host(),
                              round.stack().edge().port(),
                              round.activityId(),
                              round.sceneId())))
              .header("authorization", "Bearer " + person.session())
              .header("content-type", "application/json")
              .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      Predicate<List<Collector.Seen>> whole =
          spans -> has(spans, "PlayService/Grab") && has(spans, "settle book");
      List<Collector.Seen> spans = SharedStack.collector().await(traceId, whole, WITHIN.toNanos());
      assertThat(whole.test(spans))
          .as(
              "spans of the trace: %s",
              spans.stream().map(s -> s.service() + " " + s.name()).collect(Collectors.toList()))
          .isTrue();
    }
  }

  private static boolean has(List<Collector.Seen> spans, String what) {
    return spans.stream().anyMatch(s -> s.name().contains(what));
  }
}
