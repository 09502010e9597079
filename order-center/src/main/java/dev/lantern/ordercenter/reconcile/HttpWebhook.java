package dev.lantern.ordercenter.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// [Webhook] over HTTP, signed as standardwebhooks.com says: `webhook-signature` is `v1,` and the
/// HMAC-SHA256, in Base64, of `{webhook-id}.{webhook-timestamp}.{body}`. A receiver that checks the
/// time and remembers ids takes each event once. Redirects are not followed.
public final class HttpWebhook implements Webhook {
  private static final String HMAC = "HmacSHA256";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HttpClient client;
  private final URI address;
  private final SecretKeySpec key;

  public HttpWebhook(HttpClient client, URI address, byte[] secret) {
    this.client = client;
    this.address = address;
    this.key = new SecretKeySpec(secret, HMAC);
  }

  @Override
  public void send(long id, String body, Instant now) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("content-type", "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", Long.toString(id))
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", "v1," + sign(id, now.getEpochSecond(), body))
            .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 200 || status > 299) {
        throw new WebhookFailed("the receiver answers " + status);
      }
    } catch (IOException e) {
      throw new WebhookFailed("the receiver does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebhookFailed("interrupted");
    }
  }

  String sign(long id, long second, String body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + second + ".").getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + HMAC, impossible);
    }
  }
}
