package dev.lantern.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;

/// Sends a command past the client, as an operator's shell would.
final class BareRedis {

  private BareRedis() {}

  static void command(Engines engines, String command) {
    try (var socket = new Socket(engines.host(), engines.port(Engine.REDIS_A))) {
      String login = "AUTH " + engines.redisPassword(Engine.REDIS_A);
      socket.getOutputStream().write((login + "\r\n" + command + "\r\n").getBytes(UTF_8));
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(in.readLine()).isEqualTo("+OK");
      assertThat(in.readLine()).isEqualTo("+OK");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
