package dev.lantern.runtime.server;

import dev.lantern.runtime.client.TlsConfig;
import java.time.Duration;

/// Where a service listens and how much it takes.
///
/// - `host`, `port`: gRPC over mutual TLS; port 0 lets the system choose
/// - `metricsPort`: Prometheus, plain HTTP on the same host
/// - `maxMessageBytes`: the largest request; more is TOO_LARGE
/// - `defaultDeadline`: of a call that brings none; `maxDeadline`: the longest one it may bring.
///   Streams from the server have neither.
/// - `maxConcurrentCalls`: calls served at once; one more is LIMITED
/// - `drainDelay`: from "not serving" to closing the port, so that balancers notice;
///   `drainTimeout`: for calls under way
public record ServerConfig(
    String host,
    int port,
    int metricsPort,
    TlsConfig tls,
    int maxMessageBytes,
    Duration defaultDeadline,
    Duration maxDeadline,
    int maxConcurrentCalls,
    Duration drainDelay,
    Duration drainTimeout) {

  public ServerConfig {
    if (port < 0 || port > 65535 || metricsPort < 0 || metricsPort > 65535) {
      throw new IllegalArgumentException("ports must be 0..65535");
    }
    if (maxMessageBytes < 1 || maxConcurrentCalls < 1) {
      throw new IllegalArgumentException(
          "max_message_bytes and max_concurrent_calls must be positive");
    }
    if (!defaultDeadline.isPositive() || maxDeadline.compareTo(defaultDeadline) < 0) {
      throw new IllegalArgumentException(
          "max_deadline must be at least default_deadline, both positive");
    }
  }

  CallLimits limits() {
    return new CallLimits(maxMessageBytes, defaultDeadline, maxDeadline, maxConcurrentCalls);
  }
}
