package dev.lantern.proving.measure;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.place.StackAccess.Address;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The peer: `github.com/envoyproxy/ratelimit`, built from its Go module with the machine's own Go,
/// once, and kept; with the same Redis, the same certificates, nothing else to do, and the limits
/// of [LimitBenchmark].
final class GoRateLimit implements AutoCloseable {
  static final String VERSION = "v1.4.1-0.20260122083618-3fb702589d36";

  /// It has no local cache, since no key is ever over, and no pipeline window, which this version
  /// has for clusters alone; its counts last no longer than they must.
  private static final Map<String, String> AT_ITS_BEST =
      Map.of(
          "USE_STATSD", "false",
          "DISABLE_STATS", "true",
          "LOG_LEVEL", "error",
          "EXPIRATION_JITTER_MAX_SECONDS", "1",
          "RUNTIME_WATCH_ROOT", "false",
          "RUNTIME_SUBDIRECTORY", "");

  private static final int BUILD_MINUTES = 30;
  private static final int STOP_S = 5;

  private final Process process;
  private final Address address;

  private GoRateLimit(Process process, Address address) {
    this.process = process;
    this.address = address;
  }

  /// The program; built when it is not in the cache. Throws IllegalStateException, with what to do,
  /// when it cannot be.
  static Path program(ArtifactCache cache, Map<String, String> environment) {
    try {
      return cache
          .directory("go-ratelimit-" + VERSION, empty -> build(empty, environment))
          .resolve("service_cmd");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Starts it; it may not serve yet.
  ///
  /// @param ports three free ones
  /// @param connections how many it has to Redis
  static GoRateLimit start(
      StackAccess stack, Path program, Path folder, int ports, int connections) {
    try {
      Path rules = Files.createDirectories(folder.resolve("runtime/config"));
      Files.writeString(rules.resolve("lantern.yaml"), rules());
      var builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
      builder.environment().putAll(settings(stack, folder.resolve("runtime"), ports));
      builder.environment().put("REDIS_POOL_SIZE", Integer.toString(connections));
      builder.redirectOutput(folder.resolve("go-ratelimit-" + ports + ".log").toFile());
      return new GoRateLimit(builder.start(), new Address("127.0.0.1", ports));
    } catch (IOException e) {
      throw new UncheckedIOException("the Go service cannot be started", e);
    }
  }

  long pid() {
    return process.pid();
  }

  Address address() {
    return address;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String rules() {
    return """
    domain: lantern
    descriptors:
      - key: rule
        value: %s
        rate_limit: {unit: second, requests_per_unit: 100000000}
      - key: rule
        value: %s
        descriptors:
          - key: user
            rate_limit: {unit: second, requests_per_unit: 100000000}
    """
        .formatted(LimitCalls.HOT, LimitCalls.COLD);
  }

  private static Map<String, String> settings(StackAccess stack, Path runtime, int ports) {
    OperatorTls tls = stack.identity("ratelimit");
    Map<String, String> settings = new HashMap<>(AT_ITS_BEST);
    settings.put("HOST", "127.0.0.1");
    settings.put("GRPC_HOST", "127.0.0.1");
    settings.put("DEBUG_HOST", "127.0.0.1");
    settings.put("GRPC_PORT", Integer.toString(ports));
    settings.put("PORT", Integer.toString(ports + 1));
    settings.put("DEBUG_PORT", Integer.toString(ports + 2));
    settings.put("GRPC_SERVER_USE_TLS", "true");
    settings.put("GRPC_SERVER_TLS_CERT", tls.certificate().toString());
    settings.put("GRPC_SERVER_TLS_KEY", tls.key().toString());
    settings.put("GRPC_CLIENT_TLS_CACERT", tls.authority().toString());
    settings.put("RUNTIME_ROOT", runtime.toString());
    settings.put("REDIS_SOCKET_TYPE", "tcp");
    settings.put("REDIS_URL", stack.redisB().addresses().getFirst());
    settings.put("REDIS_AUTH", stack.redisB().password().value());
    return settings;
  }

  private static void build(Path empty, Map<String, String> environment)
      throws IOException, InterruptedException {
    String go = environment.getOrDefault("LANTERN_GO", "go");
    var builder =
        new ProcessBuilder(
                go, "install", "github.com/envoyproxy/ratelimit/src/service_cmd@" + VERSION)
            .redirectErrorStream(true);
    builder.environment().put("GOBIN", empty.toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "the Go service beside which limits are measured is built with Go, which cannot be run ("
              + e.getMessage()
              + "): install Go 1.25 or newer, or let LANTERN_GO name its `go`",
          e);
    }
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "the Go service cannot be built; access to Go modules is needed once: "
              + last(said.lines().toList()));
    }
  }

  private static String last(List<String> lines) {
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }
}
