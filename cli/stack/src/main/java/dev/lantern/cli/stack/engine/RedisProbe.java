package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.part.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Logs in and pings; a Redis that is still reading its log answers LOADING, which is not PONG.
record RedisProbe(int port, String password) implements Probe {
  @Override
  public boolean serves() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      String commands = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return "+OK".equals(in.readLine()) && "+PONG".equals(in.readLine());
    } catch (IOException e) {
      return false;
    }
  }
}
