package dev.lantern.cli.stack.envoy;

import dev.lantern.cli.stack.part.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// Envoy says itself when it has what it needs (`/ready` of its admin answers 200 for LIVE); that
/// alone does not mean that the control plane gave it a listener, so that is dialled, too.
record EnvoyProbe(int adminPort, int listener) implements Probe {
  private static final int TIMEOUT_MS = 1_000;

  @Override
  public boolean serves() {
    return live() && listens();
  }

  private boolean live() {
    try {
      var url = URI.create("http://127.0.0.1:" + adminPort + "/ready").toURL();
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener), TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
