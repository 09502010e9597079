package dev.lantern.ordercenter;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.grant.DownstreamConfig;
import dev.lantern.ordercenter.grant.GrantStore;
import dev.lantern.ordercenter.grant.GrantWatch;
import dev.lantern.ordercenter.grant.Granter;
import dev.lantern.ordercenter.grant.GrpcDownstream;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.grant.MysqlGrantStore;
import dev.lantern.ordercenter.grant.OtelGrantWatch;
import dev.lantern.ordercenter.grant.Outbound;
import dev.lantern.ordercenter.grant.OverdueGrants;
import dev.lantern.ordercenter.grant.Rates;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.RetryPolicies;
import dev.lantern.ordercenter.settle.VirtualThreads;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.sql.Database;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wires the granting half of the role `settle`: for each downstream of the configuration one
/// thread that asks it for what is due.
///
/// ```
/// grants (MySQL) ─▶ Granter ─▶ Outbound (switch, breaker, rate, retry budget) ─▶ the downstream
///                      └─▶ grants, orders; refused: releases, and what is given instead
/// ```
public final class GrantWiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrantWiring.class);
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration COUNT_WORKERS = Duration.ofSeconds(2);
  private static final Duration LOOK_OVERDUE = Duration.ofSeconds(10);
  private static final int REPEATS_PART = 10;

  /// What the role needs of the process around it; none of it is closed here.
  ///
  /// @param leases this process's own, for what takes a refused thing's place (L6)
  /// @param limits what that money is judged by
  /// @param policies how often scenes have their grants tried
  /// @param weak the switches this role goes by
  /// @param channels opens a channel, which is closed here
  public record Drivers(
      Database database,
      Redis redisA,
      Leases leases,
      FundLimits limits,
      RetryPolicies policies,
      Dependencies weak,
      Function<DownstreamConfig, ManagedChannel> channels,
      Telemetry telemetry,
      Clock clock) {}

  private final Repeating duties = new Repeating();
  private final VirtualThreads threads = new VirtualThreads();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final Map<String, Outbound> gates = new HashMap<>();
  private final List<Inquiry> inquiries = new ArrayList<>();

  private GrantWiring(List<DownstreamConfig> downstreams, Drivers drivers, Lane lane) {
    GrantStore store = new MysqlGrantStore(drivers.database(), drivers.limits());
    GrantWatch watch = new OtelGrantWatch(drivers.telemetry().meter());
    MysqlOffsetStore offsets = new MysqlOffsetStore(drivers.database());
    Rates rates =
        new Rates(
            drivers.redisA(),
            () -> offsets.workers().size(),
            () -> UUID.randomUUID().toString(),
            drivers.clock());
    downstreams.forEach(config -> {
      String name = config.name();
      ManagedChannel channel = drivers.channels().apply(config);
      channels.add(channel);
      Outbound gate =
          new Outbound(
              name,
              rates.of(name, config.perSecond()),
              Math.max(1, config.perSecond() / REPEATS_PART),
              drivers.clock(),
              () -> drivers.weak().uses(OrderSwitch.DOWNSTREAMS));
      gates.put(name, gate);
      var downstream = new GrpcDownstream(channel, config.timeout(), lane);
      inquiries.add(
          new Inquiry(name, downstream, gate, config.perSecond(), watch, drivers.clock()));
      Granter granter =
          new Granter(
              name,
              downstream,
              gate,
              Granter.Terms.of(config),
              drivers.policies(),
              store,
              drivers.leases(),
              threads,
              watch,
              drivers.clock(),
              () -> ThreadLocalRandom.current().nextDouble());
      duties.every(TURN, "grant-" + name, granter::tick);
    });
    OverdueGrants overdue =
        new OverdueGrants(store, Map.copyOf(gates), drivers.clock(), drivers.telemetry().meter());
    duties.every(COUNT_WORKERS, "grant-workers", rates::count);
    duties.every(LOOK_OVERDUE, "grant-overdue", overdue::tick);
  }

  /// Starts asking.
  public static GrantWiring start(List<DownstreamConfig> downstreams, Drivers drivers, Lane lane) {
    return new GrantWiring(downstreams, drivers, lane);
  }

  /// Asks each downstream of the configuration what it gave.
  List<Inquiry> inquiries() {
    return List.copyOf(inquiries);
  }

  /// Ends the calls under way and asks no more.
  @Override
  public void close() {
    duties.close();
    threads.close();
    channels.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels) {
      try {
        if (!channel.awaitTermination(1, TimeUnit.SECONDS)) {
          LOG.warn("the channel to {} does not end", channel.authority());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
