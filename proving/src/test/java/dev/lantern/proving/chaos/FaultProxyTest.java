package dev.lantern.proving.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.proving.chaos.FaultProxy.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real sockets: a client, the proxy, and a server that says everything back.
final class FaultProxyTest {
  private static final int PATIENCE_MS = 5_000;
  private final ServerSocket echo;
  private final FaultProxy proxy;

  FaultProxyTest() throws IOException {
    echo = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    proxy = FaultProxy.open(0, echo.getLocalPort());
  }

  @BeforeEach
  void serve() {
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              while (!echo.isClosed()) {
                try {
                  Socket client = echo.accept();
                  var _ = Thread.ofVirtual().start(() -> sayBack(client));
                } catch (IOException over) {
                  return;
                }
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void pass_whatIsSaid_comesBack() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      assertThat(ask(client, 8)).isEqualTo(8);
    }
  }

  @Test
  void cut_connectionsEnd_newOnesToo_andLaterOnesPassAgain() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      proxy.set(new Mode.Cut());
      assertThat(isOver(client)).isTrue();
    }
    try (Socket client = connect()) {
      assertThat(isOver(client)).isTrue();
    }
    proxy.set(new Mode.Pass());
    try (Socket client = connect()) {
      assertThat(ask(client, 9)).isEqualTo(9);
    }
  }

  @Test
  void hole_nothingPasses_andNothingOfItIsLost() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      proxy.set(new Mode.Hole());
      client.setSoTimeout(200);
      assertThatThrownBy(() -> ask(client, 8)).isInstanceOf(SocketTimeoutException.class);
      proxy.set(new Mode.Pass());
      client.setSoTimeout(PATIENCE_MS);
      assertThat(client.getInputStream().read()).isEqualTo(8);
    }
  }

  @Test
  void slow_everyPieceIsLate_bothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      Duration late = Duration.ofMillis(60);
      proxy.set(new Mode.Slow(late, 1_000));
      long begin = System.nanoTime();
      assertThat(ask(client, 8)).isEqualTo(8);
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2 * late.toNanos());
    }
  }

  @Test
  void lose_whatWasAskedIsDone_andTheAnswerEndsWithItsConnection() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      proxy.set(new Mode.Lose(30, _ -> 29));
      assertThat(ask(client, 8)).isEqualTo(-1);
    }
    proxy.set(new Mode.Lose(30, _ -> 30));
    try (Socket client = connect()) {
      assertThat(ask(client, 9)).isEqualTo(9);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static int ask(Socket client, int what) throws IOException {
    client.getOutputStream().write(what);
    return client.getInputStream().read();
  }

  /// An end, or a reset: never a timeout.
  private static boolean isOver(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException stands) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void sayBack(Socket client) {
    try (client) {
      var _ = client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException over) {
      // The client has gone.
    }
  }
}
