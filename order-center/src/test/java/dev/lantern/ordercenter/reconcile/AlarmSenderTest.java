package dev.lantern.ordercenter.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lantern.ordercenter.budget.Moment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alarms over real HTTP to a receiver that can refuse.
final class AlarmSenderTest implements AlarmOutbox, ReconcileWatch {
  private static final byte[] SECRET = "a secret for webhooks".getBytes(UTF_8);
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<Delivery> told = new ArrayList<>();
  private Optional<Event> waiting =
      Optional.of(new Event(42, "{\"type\":\"dev.lantern.findings.opened.v1\"}", 0));
  private Instant due = NOW;
  private Instant now = NOW;
  private volatile int answer = 204;
  private final HttpServer receiver = server();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AlarmSender sender =
      new AlarmSender(
          this,
          Optional.of(
              new HttpWebhook(
                  client,
                  URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"),
                  SECRET)),
          this,
          () -> new Moment(0, now));

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void listen() {
    var _ =
        receiver.createContext(
            "/hook",
            call -> {
              String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
              var headers = call.getRequestHeaders();
              received.add(
                  headers.getFirst("webhook-id")
                      + "."
                      + headers.getFirst("webhook-timestamp")
                      + "."
                      + body
                      + " "
                      + headers.getFirst("webhook-signature"));
              call.sendResponseHeaders(answer, -1);
              call.close();
            });
    receiver.start();
  }

  @AfterEach
  void close() {
    client.close();
    receiver.stop(0);
  }

  @Test
  void event_arrivesSigned() throws Exception {
    sender.send();

    assertThat(told).containsExactly(Delivery.SENT);
    String[] parts = received.getFirst().split(" ", 2);
    assertThat(parts[0]).startsWith("42." + NOW.getEpochSecond() + ".");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    assertThat(parts[1])
        .isEqualTo(
            "v1," + Base64.getEncoder().encodeToString(mac.doFinal(parts[0].getBytes(UTF_8))));
    sender.send();
    assertThat(received).hasSize(1);
  }

  @Test
  void receiverThatRefuses_isAskedAgainLater_underTheSameId() {
    answer = 503;
    sender.send();
    sender.send();
    assertThat(received).hasSize(1);

    answer = 200;
    now = NOW.plus(AlarmSender.rest(0));
    sender.send();

    assertThat(told).containsExactly(Delivery.FAILED, Delivery.SENT);
    assertThat(received).hasSize(2).allMatch(one -> one.startsWith("42."));
  }

  @Test
  void receiverThatNeverTakesIt_isGivenUp() {
    answer = 500;
    for (int n = 0; n < 2 * AlarmSender.TRIES; n++) {
      sender.send();
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(received).hasSize(AlarmSender.TRIES);
    assertThat(told).hasSize(AlarmSender.TRIES).endsWith(Delivery.GIVEN_UP);
  }

  @Test
  void receiverThatFails_isAskedOnceATurn() {
    AlarmOutbox five =
        new AlarmOutbox() {
          @Override
          public List<Event> due(Instant at, int limit) {
            return IntStream.range(0, limit).mapToObj(n -> new Event(n, "{}", 0)).toList();
          }

          @Override
          public void sent(Event event, Instant at) {}

          @Override
          public void failed(Event event, Optional<Instant> next) {}
        };
    List<Long> asked = new ArrayList<>();
    Webhook hangs =
        (id, _, _) -> {
          asked.add(id);
          if (id == 1) {
            throw new Webhook.WebhookFailed("no answer");
          }
        };

    new AlarmSender(five, Optional.of(hangs), this, () -> new Moment(0, now)).send();

    assertThat(asked).containsExactly(0L, 1L);
    assertThat(told).containsExactly(Delivery.SENT, Delivery.FAILED);
  }

  @Override
  public List<Event> due(Instant at, int limit) {
    return waiting.filter(_ -> !due.isAfter(at)).stream().toList();
  }

  @Override
  public void sent(Event event, Instant at) {
    waiting = Optional.empty();
  }

  @Override
  public void failed(Event event, Optional<Instant> next) {
    waiting = next.map(at -> new Event(event.id(), event.body(), event.tries() + 1));
    due = next.orElse(due);
  }

  @Override
  public void alarm(Delivery delivery, String why) {
    told.add(delivery);
  }

  @Override
  public void followed(String pass, Duration lag, long examined) {}

  @Override
  public void recorded(String pass, FindingStore.Recorded recorded) {}

  @Override
  public void open(Map<Discrepancy, FindingStore.Open> open) {}
}
