package dev.lantern.proving.json;

import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Requests of one kind, as many as are wanted, to either of the two.
public final class JsonLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JsonPlace place;
  private final HttpClient http;

  private JsonLoad(JsonPlace place, HttpClient http) {
    this.place = place;
    this.http = http;
  }

  /// What is asked again and again.
  public enum Call {
    GRAB(
        Rpcs.GRAB,
        "a grab",
        "{\"requestId\":\"bench-1\"}",
        "{\"orderNo\":\"42_scene-a_1_1_3\",\"state\":\"ORDER_STATE_PROCESSING\","
            + "\"token\":{\"payload\":\"%s\",\"keyId\":\"k-1\",\"signature\":\"%s\"},"
            + "\"award\":{\"awardType\":\"AWARD_TYPE_CASH_RED_PACKET\",\"rewardId\":\"cash\","
            + "\"amountFen\":\"188\",\"title\":\"A red packet\"},\"billText\":\"Lantern\"}"),
    WALLET(
        Rpcs.GET_WALLET,
        "a wallet",
        "",
        "{\"wallet\":{\"balanceFen\":\"1880\",\"withdrawableFen\":\"1200\",\"pendingFen\":\"680\","
            + "\"totalIncomeFen\":\"1880\",\"pendingCount\":3,\"activityId\":\"spring-demo\","
            + "\"purses\":[{\"purse\":\"PURSE_CASH\",\"balanceFen\":\"1200\"},"
            + "{\"purse\":\"PURSE_VIDEO_SUBSIDY\",\"balanceFen\":\"680\"}]}}");

    private static final String PAYLOAD = "AAAA".repeat(32);
    private static final String SIGNATURE = "A".repeat(86) + "==";

    private final Rpcs rpc;
    private final String words;
    private final String body;
    private final String reply;

    Call(Rpcs rpc, String words, String body, String reply) {
      this.rpc = rpc;
      this.words = words;
      this.body = body;
      this.reply = reply;
    }

    public String words() {
      return words;
    }

    private Script script() {
      return new Script.Reply(JsonParser.parseString(reply.formatted(PAYLOAD, SIGNATURE)));
    }
  }

  /// How a request ended.
  public interface Ended {
    void ended(boolean well, String how);
  }

  public static JsonLoad of(JsonPlace place) {
    place.services().forget();
    return new JsonLoad(
        place,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build());
  }

  /// What the services answer from now on.
  public void script(Call call) {
    place.services().play(call.script());
  }

  /// Sends one; its end is told from another thread.
  public void send(Call call, int port, Ended ended) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Trials.path(call.rpc)))
            .timeout(PATIENCE)
            .header("authorization", "Bearer " + place.session())
            .method(
                call.rpc.verb(),
                call.body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(call.body));
    if (call.rpc.hasBody()) {
      request.header("content-type", "application/json");
    }
    var _ =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
            .whenComplete((answer, error) -> {
              if (error != null) {
                ended.ended(false, error.getClass().getSimpleName());
              } else {
                ended.ended(answer.statusCode() == 200, "HTTP " + answer.statusCode());
              }
            });
  }

  @Override
  public void close() {
    http.close();
  }
}
