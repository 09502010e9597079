package dev.lantern.counterservice;

import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Duration;
import java.util.List;

/// What the counter service is configured with; the README has the table, the defaults lie beside
/// it.
public record CounterServiceConfig(
    ServerConfig server,
    TelemetryConfig telemetry,
    RedisSection redisA,
    RedisSection redisB,
    Reads reads,
    Writes writes,
    Repair repair) {

  /// One of the two Redis.
  ///
  /// - `addresses`: `host:port`; one for a single server, several for the seeds of a cluster
  /// - `callTimeout`: well under half the deadline of a call, as a report asks twice in a row
  public record RedisSection(
      List<String> addresses,
      Secret password,
      boolean tls,
      Duration callTimeout,
      Duration connectTimeout,
      int connections) {

    RedisConfig redis() {
      return new RedisConfig(addresses, password, tls, callTimeout, connectTimeout, connections);
    }
  }

  /// - `interval`: between two polls; also how long an absent counter is remembered as absent
  /// - `leaveAfter`, `returnAfter`: polls before B is read instead of A, and A again
  /// - `firstReads`: readers that may ask Redis at once for counters not yet known
  /// - `waiters`: readers that may wait for `at_least` at once
  /// - `absent`: how many absent counters are remembered
  /// - `watchers`: how many may watch at once
  public record Reads(
      Duration interval,
      int leaveAfter,
      int returnAfter,
      int firstReads,
      int waiters,
      int absent,
      int watchers) {

    public Reads {
      if (interval.compareTo(Duration.ofMillis(100)) < 0) {
        throw new IllegalArgumentException("interval must be at least 100ms");
      }
      if (leaveAfter < 1
          || returnAfter < 1
          || firstReads < 1
          || waiters < 1
          || absent < 1
          || watchers < 1) {
        throw new IllegalArgumentException("every number in reads must be at least 1");
      }
    }
  }

  /// - `counters`: how many a lane may have
  /// - `slots`: how many a counter may have
  /// - `callers`: the processes that may add
  public record Writes(int counters, int slots, List<String> callers) {

    public Writes {
      callers = List.copyOf(callers);
      if (counters < 1 || slots < 1) {
        throw new IllegalArgumentException("every number in writes must be at least 1");
      }
    }
  }

  /// - `interval`: between two looks at the two Redis
  /// - `sweep`: how often everything is compared although nothing is known to lack
  public record Repair(Duration interval, Duration sweep) {

    public Repair {
      if (interval.compareTo(Duration.ofMillis(100)) < 0 || sweep.compareTo(interval) < 0) {
        throw new IllegalArgumentException("interval must be at least 100ms, sweep no shorter");
      }
    }
  }
}
