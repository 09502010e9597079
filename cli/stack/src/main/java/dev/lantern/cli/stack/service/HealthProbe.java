package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.part.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;

/// `grpc.health.v1.Health/Check` of the whole server, over mutual TLS, by the JDK's HTTP/2 client
/// (the stack depends on no service and hence on no gRPC).
///
/// The request is an empty message behind gRPC's five-byte frame; SERVING is answered as one field
/// with the value 1. Everything else, a status in the trailers among it, comes without that body.
record HealthProbe(int port, SSLContext tls) implements Probe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final byte[] EMPTY = {0, 0, 0, 0, 0};
  private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};

  @Override
  public boolean serves() {
    return listens() && healthy();
  }

  /// Asked first, since a TLS handshake ten times a second is not free.
  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean healthy() {
    var request =
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + port + "/grpc.health.v1.Health/Check"))
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofByteArray(EMPTY))
            .build();
    try (var client =
        HttpClient.newBuilder()
            .version(Version.HTTP_2)
            .connectTimeout(TIMEOUT)
            .sslContext(tls)
            .build()) {
      try {
        return Arrays.equals(client.send(request, BodyHandlers.ofByteArray()).body(), SERVING);
      } finally {
        client.shutdownNow();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
