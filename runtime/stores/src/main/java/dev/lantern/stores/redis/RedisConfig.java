package dev.lantern.stores.redis;

import dev.lantern.stores.Secret;
import java.time.Duration;
import java.util.List;

/// Where a Redis is and how long we wait for it.
///
/// - `addresses`: `host:port`; one for a single server, several for the seeds of a cluster
/// - `tls`: whether the addresses speak TLS, checked against the JDK's trust store
/// - `callTimeout`: our deadline of each call, connecting included
/// - `connections`: the most connections per server
public record RedisConfig(
    List<String> addresses,
    Secret password,
    boolean tls,
    Duration callTimeout,
    Duration connectTimeout,
    int connections) {

  public RedisConfig {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("addresses must name at least one host:port");
    }
    for (String address : addresses) {
      if (!address.matches("[^:/\\s]+:\\d{1,5}")) {
        throw new IllegalArgumentException("address must be host:port, not " + address);
      }
    }
    if (callTimeout.toMillis() < 1 || connectTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeouts must be at least 1ms");
    }
    if (connections < 1 || connections > 256) {
      throw new IllegalArgumentException("connections must be 1..256, not " + connections);
    }
  }

  /// The product's defaults for one server.
  public static RedisConfig at(String host, int port, Secret password) {
    return new RedisConfig(
        List.of(host + ":" + port),
        password,
        false,
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        8);
  }

  public RedisConfig withCallTimeout(Duration timeout) {
    return new RedisConfig(addresses, password, tls, timeout, connectTimeout, connections);
  }
}
