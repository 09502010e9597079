package dev.lantern.controlplane;

import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.stores.redis.RedisConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the role `ratelimit` is told at its start; the table in the README explains each.
///
/// @param instance its name among its like, such as `ratelimit-1`
/// @param redis where the counts are kept
/// @param controlPlane asked for the rules
/// @param lastKnown the file that keeps the last rules
public record LimiterConfig(
    String instance,
    ServerConfig server,
    TelemetryConfig telemetry,
    RedisConfig redis,
    ServiceAddress controlPlane,
    Path lastKnown,
    Decisions decisions) {
  public LimiterConfig {
    if (!instance.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("instance must be like ratelimit-1, not " + instance);
    }
  }

  /// How calls are decided.
  ///
  /// @param budget how long a call may wait for its verdict: less than Envoy waits
  /// @param lanes requests to Redis under way at once
  /// @param keys how many keys something is known of at once
  /// @param callers the processes that may ask
  /// @param warmWithin how long it gets ready at most
  public record Decisions(
      Duration budget, int lanes, int keys, List<String> callers, Duration warmWithin) {
    public Decisions {
      callers = List.copyOf(callers);
      if (lanes < 1 || lanes > 64) {
        throw new IllegalArgumentException("lanes must be 1..64, not " + lanes);
      }
      if (keys < 1 || keys > 1_000_000) {
        throw new IllegalArgumentException("keys must be 1..1000000, not " + keys);
      }
      if (budget.toMillis() < 1 || budget.toMillis() > 1_000) {
        throw new IllegalArgumentException("budget must be 1ms..1s, not " + budget);
      }
    }
  }
}
