package dev.lantern.ordercenter;

import dev.lantern.runtime.server.ServiceHost;

/// Serves the role `settle`: no RPCs but health, reflection and channelz; the work is
/// [SettleWiring]'s.
final class SettleRole {
  private SettleRole() {}

  static ServiceHost start(OrderCenterConfig config) {
    Foundation base = new Foundation(config);
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
                base::channelTo,
                base.telemetry,
                base.clock),
            Foundation.LANE);
    return base.host()
        .health("settlement", settle::check)
        .onStop(grants)
        .onStop(settle)
        .onStop(
            ReconcileWiring.start(
                config.reconcile(), config.kafka().bootstrapServers(), grants.inquiries(), base))
        .onStop(ReissueWiring.start(config, base, settle.limits()))
        .start();
  }
}
