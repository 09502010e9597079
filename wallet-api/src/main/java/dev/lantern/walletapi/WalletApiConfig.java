package dev.lantern.walletapi;

import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.switches.SwitchConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.sql.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What wallet-api is told at its start; the table in the README explains each.
///
/// @param instance its name among its like, such as `wallet-1`: two that share one hide each other
///   among those who obey switches
/// @param database schema `lantern_wallet`; its account also reads `orderSchema`
/// @param stressOrderSchema order-center's schema of the stress lane, which the account reads, too;
///   without it trials have no wallet here
/// @param redisA where token maps live
/// @param appRegistry the file of apps that may open sessions
/// @param callDeadline of each call to another service
/// @param sweepEvery how often spent assertions are forgotten
public record WalletApiConfig(
    String instance,
    ServerConfig server,
    TelemetryConfig telemetry,
    DatabaseConfig database,
    String orderSchema,
    Optional<String> stressOrderSchema,
    RedisConfig redisA,
    ServiceAddress orderCenter,
    ServiceAddress tokenService,
    ServiceAddress controlPlane,
    SwitchConfig switches,
    Path appRegistry,
    Duration callDeadline,
    Duration sweepEvery) {

  public WalletApiConfig {
    if (!instance.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("instance must be like wallet-1, not " + instance);
    }
    if (callDeadline.toMillis() < 1) {
      throw new IllegalArgumentException("call_deadline must be at least 1ms");
    }
    if (sweepEvery.toMillis() < 100) {
      throw new IllegalArgumentException("sweep_every must be at least 100ms");
    }
  }
}
