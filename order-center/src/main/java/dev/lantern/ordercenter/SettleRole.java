package dev.lantern.ordercenter;

import dev.lantern.ordercenter.grant.DownstreamConfig;
import dev.lantern.ordercenter.reconcile.ReconcileConfig;
import dev.lantern.runtime.server.ServiceHost;
import io.grpc.Channel;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the role `settle`: no RPCs but warming, health, reflection and channelz; the work is
/// [SettleWiring]'s, once for each lane that is open.
final class SettleRole {
  private static final Logger LOG = LoggerFactory.getLogger(SettleRole.class);

  private SettleRole() {}

  static ServiceHost start(OrderCenterConfig config) {
    Foundation base = new Foundation(config);
    Channel counters = base.connecting(config.counterService().orElseThrow());
    SettleLane live = wire(config, base, counters, config.downstreams(), config.reconcile());
    // No downstream is asked for a trial's things, and no alarm of a trial leaves the process.
    StressWiring<SettleLane> stress =
        StressWiring.start(
            config,
            base,
            trials ->
                wire(config, trials, counters, List.of(), config.reconcile().withoutWebhook()));
    return base.host()
        .health("settlement", live.settle()::check)
        .access(Access.policy())
        .service(WarmWiring.of(config, base, warm(base)))
        .onStop(live)
        .onStop(stress)
        .start();
  }

  private static Map<String, Runnable> warm(Foundation base) {
    return Map.of(
        "mysql", base.database::ping, "redis-a", base.redisA::ping, "kafka", base::requireLog);
  }

  /// One lane, on what it stands on.
  private static SettleLane wire(
      OrderCenterConfig config,
      Foundation base,
      Channel counters,
      List<DownstreamConfig> downstreams,
      ReconcileConfig reconcile) {
    SettleWiring settle =
        SettleWiring.start(
            config.settle(),
            new SettleWiring.Drivers(
                base.database,
                base.redisA,
                config.kafka().bootstrapServers(),
                base::partitions,
                base.topics,
                base.logs,
                base.leases,
                counters,
                base.telemetry,
                base.clock,
                config.fund().zone()),
            base.lane,
            base.life);
    GrantWiring grants =
        GrantWiring.start(
            downstreams,
            new GrantWiring.Drivers(
                base.database,
                base.redisA,
                base.leases,
                settle.limits(),
                base::channelTo,
                base.telemetry,
                base.clock),
            base.lane);
    return new SettleLane(
        settle,
        List.of(
            grants,
            settle,
            ReconcileWiring.start(reconcile, base),
            ReissueWiring.start(config, base, settle.limits())));
  }

  /// What settles one lane.
  ///
  /// @param open closed with it, last first
  private record SettleLane(SettleWiring settle, List<AutoCloseable> open)
      implements AutoCloseable {
    @Override
    public void close() {
      for (AutoCloseable one : open.reversed()) {
        try {
          one.close();
        } catch (Exception e) {
          LOG.warn("closing {}", one, e);
        }
      }
    }
  }
}
