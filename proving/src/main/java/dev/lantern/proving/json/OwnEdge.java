package dev.lantern.proving.json;

import dev.lantern.bench.EdgeFile;
import dev.lantern.cli.stack.pki.Leaf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// An edge like the stack's, in an Envoy of its own that runs from one file.
public final class OwnEdge implements AutoCloseable {
  private static final Duration LIVE_WITHIN = Duration.ofSeconds(60);
  private static final int POLL_MS = 20;

  private final Process process;
  private final int port;
  private final Thread atTheEnd;

  private OwnEdge(Process process, int port, Thread atTheEnd) {
    this.process = process;
    this.port = port;
    this.atTheEnd = atTheEnd;
  }

  /// What it is started with.
  ///
  /// @param binary Envoy's
  /// @param identity `envoy-edge`'s
  /// @param services where each listens, by name
  /// @param policies documents by name
  /// @param folder where its configuration and logs go
  record Parts(
      Path binary,
      Leaf identity,
      Map<String, Integer> services,
      String jwks,
      Map<String, String> policies,
      Path folder) {}

  static OwnEdge start(Parts parts, int port, int admin) throws IOException {
    var file =
        new EdgeFile(
            port,
            admin,
            parts.services(),
            Files.readString(parts.identity().certificate()),
            Files.readString(parts.identity().key()),
            Files.readString(parts.identity().authority()),
            parts.jwks(),
            parts.folder().resolve("edge-access.log").toString(),
            parts.policies());
    Path config = parts.folder().resolve("edge.json");
    Files.writeString(config, file.json());
    Path log = parts.folder().resolve("edge.log");
    Process process =
        new ProcessBuilder(
                parts.binary().toString(),
                "-c",
                config.toString(),
                "--concurrency",
                "1",
                "--disable-hot-restart",
                "--log-level",
                "warn")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    // Who interrupts the command ends no Envoy by it.
    var atTheEnd = new Thread(process::destroyForcibly, "ending-envoy");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    awaitLive(process, admin, log);
    return new OwnEdge(process, port, atTheEnd);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  private static void awaitLive(Process process, int admin, Path log) throws IOException {
    long end = System.nanoTime() + LIVE_WITHIN.toNanos();
    while (!live(admin)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        process.destroyForcibly();
        throw new IOException("Envoy does not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
    }
  }

  private static boolean live(int admin) {
    try {
      return RawHttp.call(admin, "GET", "/ready", Map.of(), new byte[0]).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and with it the hook.
    }
  }
}
