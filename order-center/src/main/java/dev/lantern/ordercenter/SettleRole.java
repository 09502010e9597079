package dev.lantern.ordercenter;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.weak.BreakerTerms;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.ordercenter.weak.SwitchGauge;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.switches.Switches;
import java.time.InstantSource;
import java.util.Set;

/// Serves the role `settle`: no RPCs but health, reflection and channelz; the work is
/// [SettleWiring]'s.
final class SettleRole {
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
                base.connecting(config.counterService().orElseThrow()),
                weak,
                base.telemetry,
                base.clock,
                config.fund().zone()),
            Foundation.LANE,
            base.life);
    GrantWiring grants =
        GrantWiring.start(
            config.downstreams(),
            new GrantWiring.Drivers(
                base.database,
                base.redisA,
                base.leases,
                settle.limits(),
                settle.limits(),
                weak,
                base::channelTo,
                base.telemetry,
                base.clock),
            Foundation.LANE);
    return base.host()
        .health("settlement", settle::check)
        .health(OrderSwitch.COUNTERS.id(), () -> weak.check(OrderSwitch.COUNTERS))
        .health(OrderSwitch.DOWNSTREAMS.id(), () -> weak.check(OrderSwitch.DOWNSTREAMS))
        .onStop(switches)
        .onStop(grants)
        .onStop(settle)
        .onStop(
            ReconcileWiring.start(
                config.reconcile(), config.kafka().bootstrapServers(), grants.inquiries(), base))
        .onStop(ReissueWiring.start(config, base, settle.limits()))
        .start();
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
