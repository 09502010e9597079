package dev.lantern.ordercenter;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.grant.DownstreamConfig;
import dev.lantern.ordercenter.reconcile.GrpcSignatures;
import dev.lantern.ordercenter.reconcile.ReconcileConfig;
import dev.lantern.ordercenter.weak.BreakerTerms;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.ordercenter.weak.SwitchGauge;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.switches.Switches;
import io.grpc.Channel;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the role `settle`: no RPCs but warming, health, reflection and channelz; the work is
/// [SettleWiring]'s, once for each lane that is open.
final class SettleRole {
  private static final Logger LOG = LoggerFactory.getLogger(SettleRole.class);

  private SettleRole() {}

  static ServiceHost start(OrderCenterConfig config, Clock clock) {
    Foundation base = new Foundation(config, clock);
    Switches switches = switches(config, base);
    var weak =
        new Dependencies(
            Set.of(OrderSwitch.COUNTERS, OrderSwitch.DOWNSTREAMS),
            one -> switches.isOn(one.id()),
            BreakerTerms.STANDARD,
            base.clock);
    SwitchGauge.show(weak, base.telemetry.meter());
    var shared =
        new Shared(
            base.connecting(config.counterService().orElseThrow()),
            config.tokenService().map(base::connecting),
            weak,
            one -> switches.isOn(one.id()));
    SettleLane live = wire(config, base, shared, config.downstreams(), config.reconcile());
    // No downstream is asked for a trial's things, and no alarm of a trial leaves the process.
    StressWiring<SettleLane> stress =
        StressWiring.start(
            config,
            base,
            trials -> wire(config, trials, shared, List.of(), config.reconcile().withoutWebhook()));
    return base.host()
        .health("settlement", live.settle()::check)
        .health(OrderSwitch.COUNTERS.id(), () -> weak.check(OrderSwitch.COUNTERS))
        .health(OrderSwitch.DOWNSTREAMS.id(), () -> weak.check(OrderSwitch.DOWNSTREAMS))
        .onStop(switches)
        .access(Access.policy())
        .service(WarmWiring.of(config, base, warm(base)))
        .onStop(live)
        .onStop(stress)
        .start();
  }

  /// What the lanes share: neither holds orders.
  private record Shared(
      Channel counters, Optional<Channel> tokens, Dependencies weak, Predicate<OrderSwitch> on) {}

  private static Map<String, Runnable> warm(Foundation base) {
    return Map.of(
        "mysql", base.database::ping, "redis-a", base.redisA::ping, "kafka", base::requireLog);
  }

  /// One lane, on what it stands on.
  private static SettleLane wire(
      OrderCenterConfig config,
      Foundation base,
      Shared shared,
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
                shared.counters(),
                shared.weak(),
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
                settle.limits(),
                shared.weak(),
                base::channelTo,
                base.telemetry,
                base.clock),
            base.lane);
    return new SettleLane(
        settle,
        List.of(
            grants,
            settle,
            ReconcileWiring.start(
                reconcile,
                config.kafka().bootstrapServers(),
                grants.inquiries(),
                shared.tokens().map(channel -> new GrpcSignatures(channel, base.lane)),
                shared.on(),
                base),
            ReissueWiring.start(
                config, base, settle.limits(), () -> shared.on().test(OrderSwitch.REISSUE))));
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

  private static Switches switches(OrderCenterConfig config, Foundation base) {
    return config
        .switchFeed()
        .map(feed ->
            Switches.watch(
                OrderSwitch.catalogue(),
                base.connecting(feed.controlPlane()),
                Foundation.NAME + "/" + config.instance(),
                feed.config(),
                InstantSource.system()))
        .orElseGet(() -> Switches.atDefaults(OrderSwitch.catalogue()));
  }
}
