package dev.lantern.stores.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;

/// Redisson, cut to our measure: few threads, small pools, our timeouts, no pub/sub.
final class Clients {

  /// What a server says that cannot serve now but may again: it starts, fails over, is full (of
  /// what settlement takes away), or cannot keep what it is given.
  private static final List<String> PASSING =
      List.of(
          "LOADING",
          "MASTERDOWN",
          "READONLY",
          "CLUSTERDOWN",
          "BUSY",
          "TRYAGAIN",
          "MISCONF",
          "NOREPLICAS");

  private static final int THREADS = 2;

  private Clients() {}

  static Config config(RedisConfig config, String name) {
    var made = new Config();
    made.setThreads(THREADS).setNettyThreads(THREADS).setLazyInitialization(true);
    if (!config.password().value().isEmpty()) {
      made.setPassword(config.password().value());
    }
    String scheme = config.tls() ? "rediss://" : "redis://";
    var addresses = config.addresses().stream().map(scheme::concat).toList();
    if (addresses.size() == 1) {
      var single = made.useSingleServer();
      bound(single, config, name);
      single
          .setAddress(addresses.getFirst())
          .setConnectionPoolSize(config.connections())
          .setConnectionMinimumIdleSize(1)
          .setSubscriptionConnectionPoolSize(1)
          .setSubscriptionConnectionMinimumIdleSize(0)
          .setDnsMonitoringInterval(-1);
    } else {
      var cluster = made.useClusterServers();
      bound(cluster, config, name);
      cluster.setNodeAddresses(addresses);
      cluster
          .setMasterConnectionPoolSize(config.connections())
          .setMasterConnectionMinimumIdleSize(1)
          .setReadMode(ReadMode.MASTER);
    }
    return made;
  }

  /// What a failed call means; a script the server does not know is left to the caller to mend.
  static RuntimeException failed(Throwable cause) throws RedisNoScriptException {
    return switch (cause) {
      case CompletionException e when e.getCause() != null -> failed(e.getCause());
      case RedisNoScriptException e -> throw e;
      case RedisTimeoutException e -> unavailable(e);
      case RedisConnectionException e -> unavailable(e);
      case RedisOutOfMemoryException e -> unavailable(e);
      case RedisException e ->
          isPassing(e)
              ? unavailable(e)
              : new RedisRefusedException(String.valueOf(e.getMessage()), e);
      default -> unavailable(cause);
    };
  }

  // An error the server replied with has no cause; a connection that broke under a call has one.
  private static boolean isPassing(RedisException e) {
    String message = String.valueOf(e.getMessage());
    return e.getCause() != null || PASSING.stream().anyMatch(message::startsWith);
  }

  private static RuntimeException unavailable(Throwable cause) {
    return new RedisUnavailableException(String.valueOf(cause.getMessage()), cause);
  }

  private static <T extends BaseConfig<T>> void bound(T base, RedisConfig config, String name) {
    base.setClientName(name)
        .setTimeout((int) config.callTimeout().toMillis())
        .setConnectTimeout((int) config.connectTimeout().toMillis())
        .setRetryAttempts(1)
        .setRetryDelay(new ConstantDelay(Duration.ofMillis(50)))
        .setReconnectionDelay(new ConstantDelay(Duration.ofMillis(200)))
        .setPingConnectionInterval(1000)
        .setIdleConnectionTimeout(10_000);
  }
}
