package dev.lantern.controlplane.envoy;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.envoy.EnvoyBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One Envoy of the test's own: started from a file, stopped with the test.
public final class EnvoyProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int adminPort;
  private final Path log;

  private EnvoyProcess(Process process, int adminPort, Path log) {
    this.process = process;
    this.adminPort = adminPort;
    this.log = log;
  }

  /// The stack's own Envoy, fetched once; LANTERN_ENVOY names another.
  public static Path binary() {
    Map<String, String> environment = System.getenv();
    try {
      return new EnvoyBinary(ArtifactCache.ofUser(environment), environment).path();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Starts it and waits until it serves.
  public static EnvoyProcess start(Path config, int adminPort, Path dir) throws IOException {
    EnvoyProcess envoy = launch(config, adminPort, dir);
    await("Envoy is live", () -> envoy.admin("/ready").startsWith("LIVE"), envoy.log);
    return envoy;
  }

  /// Starts it.
  public static EnvoyProcess launch(Path config, int adminPort, Path dir) throws IOException {
    Path log = dir.resolve(config.getFileName() + ".log");
    var command =
        new ProcessBuilder(
            binary().toString(),
            "-c",
            config.toString(),
            "--concurrency",
            "1",
            "--disable-hot-restart",
            "--log-level",
            "warn");
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new EnvoyProcess(process, adminPort, log);
  }

  public String admin(String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + adminPort + path);
      return HTTP.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A counter or gauge; 0 when Envoy does not know it yet.
  public long stat(String name) {
    for (String line : admin("/stats?filter=" + name).split("\n", -1)) {
      if (line.startsWith(name + ": ")) {
        return Long.parseLong(line.substring(name.length() + 2).strip());
      }
    }
    return 0;
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  /// A port nobody else gets: one the kernel gives out for outgoing connections may be taken
  /// between here and the moment a process listens on it.
  public static int freePort() {
    return Ports.next();
  }

  /// Waits for a condition, at most a minute: the machine may be busy.
  public static void await(String what, BooleanSupplier condition) {
    await(what, condition, null);
  }

  private static void await(String what, BooleanSupplier condition, @Nullable Path log) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 60 s: " + what + tail(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private static String tail(@Nullable Path log) {
    try {
      if (log == null) {
        return "";
      }
      String all = Files.readString(log);
      return "\n" + all.substring(Math.max(0, all.length() - 4000));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
