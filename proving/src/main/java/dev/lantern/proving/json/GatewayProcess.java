package dev.lantern.proving.json;

import dev.lantern.cli.stack.pki.Leaf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The peer, running; it ends with its standard input, and so with this process.
public final class GatewayProcess implements AutoCloseable {
  private static final String READY = "listening ";
  private static final int STOP_S = 10;

  private final Process process;
  private final int port;

  private GatewayProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it and waits until it listens.
  ///
  /// @param identity what it shows to the services
  /// @param services where each listens, by name
  /// @param log where its complaints go
  public static GatewayProcess start(
      Path binary, Leaf identity, Map<String, Integer> services, Path log) throws IOException {
    var command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of("-certificate", identity.certificate().toString()));
    command.addAll(List.of("-key", identity.key().toString()));
    command.addAll(List.of("-authority", identity.authority().toString()));
    services.forEach((name, at) -> command.addAll(List.of("-" + name, "127.0.0.1:" + at)));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    var said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException("the gateway does not start; see " + log);
    }
    return new GatewayProcess(process, Integer.parseInt(line.substring(READY.length()).strip()));
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
