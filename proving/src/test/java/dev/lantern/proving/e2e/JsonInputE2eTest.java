package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What only JSON can get wrong: text that is no message, numbers that are none of ours.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JsonInputE2eTest {
  private static final int LIMIT_BYTES = 64 * 1024;

  private final HttpClient http = HttpClient.newHttpClient();
  private OpenRound round;
  private OpenRound.Person person;

  @BeforeAll
  void begin() {
    round = SharedStack.round();
    person = round.person("json-1");
  }

  @AfterAll
  void end() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"text\"",
        "{\"requestId\":{}}",
        "{\"requestId\":[\"a\"]}",
        "{\"requestId\":\"a\"}{",
        "{\"requestId\":\"a\"",
        "{\"requestId\":a}",
        "{requestId:",
        "\u0000",
      })
  void bodyThatIsNoMessage_isRefused_andChangesNothing(String body) throws Exception {
    HttpResponse<String> answer = grab(round.sceneId(), "1", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(info(answer).get("reason").getAsString()).isEqualTo("MALFORMED_BODY");
    round.assertNothingOf(person);
  }

  @ParameterizedTest
  @CsvSource({
    "2147483648",
    "99999999999999999999",
    "-2147483649",
    "1.5",
    "one",
    "0x1",
    "true",
    "1%0A"
  })
  void roundThatIsNoNumberOfOurs_isRefused_andChangesNothing(String rainId) throws Exception {
    HttpResponse<String> answer = grab(round.sceneId(), rainId, "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(info(answer).get("reason").getAsString()).isIn("MALFORMED_BODY", "INVALID_FIELD");
    round.assertNothingOf(person);
  }

  @Test
  void oversizedBody_isTold_theLimit() throws Exception {
    HttpResponse<String> answer =
        grab(round.sceneId(), "1", "{\"requestId\":\"" + "x".repeat(LIMIT_BYTES) + "\"}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(info(answer).get("reason").getAsString()).isEqualTo("TOO_LARGE");
    assertThat(status(answer).get("message").getAsString()).contains("64 KiB");
    round.assertNothingOf(person);
  }

  private HttpResponse<String> grab(String sceneId, String rainId, String body)
      throws IOException, InterruptedException {
    String path =
        "/v1/activities/%s/scenes/%s/rounds/%s:grab".formatted(round.activityId(), sceneId, rainId);
    var request =
        HttpRequest.newBuilder(round.uri(path))
            .header("authorization", "Bearer " + person.session())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject status(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static JsonObject info(HttpResponse<String> answer) {
    for (JsonElement detail : status(answer).getAsJsonArray("details")) {
      JsonObject one = detail.getAsJsonObject();
      if (one.get("@type").getAsString().endsWith("google.rpc.ErrorInfo")) {
        return one;
      }
    }
    throw new AssertionError("no ErrorInfo in " + answer.body());
  }
}
