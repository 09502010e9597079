package dev.lantern.ordercenter;

import dev.lantern.ordercenter.fund.FundConfig;
import dev.lantern.ordercenter.grant.DownstreamConfig;
import dev.lantern.ordercenter.reconcile.ReconcileConfig;
import dev.lantern.ordercenter.settle.SettleConfig;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.sql.DatabaseConfig;
import java.util.List;
import java.util.Optional;

/// The configuration of a process of order-center; README.md has the table.
///
/// @param instance its name among its like, such as `api-1`; each life of it adds a suffix
/// @param redisA claims, tokens and epochs
/// @param api only the role `api` reads it, and needs it
/// @param counterService only the role `settle` reads it, and needs it
/// @param tokenService only the role `settle` reads it; without it orders are not compared with
///   what was signed
/// @param switchFeed only the role `settle` reads it; without it switches stand at their defaults
/// @param downstreams who gives what is not money; only the role `settle` reads it
/// @param stress what trials get here; without it the stress lane never opens here
public record OrderCenterConfig(
    Role role,
    String instance,
    ServerConfig server,
    TelemetryConfig telemetry,
    DatabaseConfig database,
    RedisConfig redisA,
    KafkaConfig kafka,
    LeaseConfig leases,
    Optional<ApiConfig> api,
    Optional<ServiceAddress> counterService,
    Optional<ServiceAddress> tokenService,
    Optional<SwitchFeed> switchFeed,
    SettleConfig settle,
    FundConfig fund,
    ReconcileConfig reconcile,
    List<DownstreamConfig> downstreams,
    Optional<StressConfig> stress) {
  public OrderCenterConfig {
    if (!instance.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("instance must be like api-1, not " + instance);
    }
    if (stress.filter(trials -> trials.schema().equals(database.database())).isPresent()) {
      throw new IllegalArgumentException("stress.schema must not be the live one");
    }
    downstreams = List.copyOf(downstreams);
    if (downstreams.stream().map(DownstreamConfig::name).distinct().count() < downstreams.size()) {
      throw new IllegalArgumentException("two downstreams have one name");
    }
    if (role == Role.API && api.isEmpty()) {
      throw new IllegalArgumentException("role api needs the section api");
    }
    if (role == Role.SETTLE && counterService.isEmpty()) {
      throw new IllegalArgumentException("role settle needs counter_service");
    }
    if (settle.leaseMargin().compareTo(leases.terms().margin()) < 0) {
      throw new IllegalArgumentException(
          "settle.lease_margin must not be below leases.margin: closers wait for holders");
    }
    if (kafka.deliveryTimeout().compareTo(leases.terms().margin()) > 0) {
      throw new IllegalArgumentException(
          "kafka.delivery_timeout must not exceed leases.margin: late records would be void");
    }
  }

  /// Which half of the service this process is.
  public enum Role {
    /// Accepts orders; campaigns and budgets.
    API,
    /// Books them.
    SETTLE
  }
}
