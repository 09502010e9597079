package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.part.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/// `GET /ready` on a loopback port: 200 once the process takes calls.
public record ReadyProbe(int port) implements Probe {
  private static final int TIMEOUT_MS = 1_000;

  @Override
  public boolean serves() {
    try {
      var url = URI.create("http://127.0.0.1:" + port + "/ready").toURL();
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
}
