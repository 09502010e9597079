package dev.lantern.ordercenter;

import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.order.Coalescer;
import dev.lantern.ordercenter.order.MysqlEpochs;
import dev.lantern.ordercenter.order.RedisPromises;
import dev.lantern.ordercenter.reissue.Intents;
import dev.lantern.ordercenter.reissue.MysqlPaymentStore;
import dev.lantern.ordercenter.reissue.OtelReissueWatch;
import dev.lantern.ordercenter.reissue.Payer;
import dev.lantern.ordercenter.reissue.ReissueWorker;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.weak.OwnPace;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Wires the paying of reissues in the role `settle`: under this process's own leases.
final class ReissueWiring implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Repeating duties = new Repeating();
  private final RedisPromises promises;

  private ReissueWiring(
      OrderCenterConfig config, Foundation base, FundLimits limits, BooleanSupplier on) {
    promises =
        new RedisPromises(
            base.redisA, new Coalescer.Bounds(16, 1, 64, config.redisA().callTimeout()));
    var store = new MysqlPaymentStore(base.database, new MysqlBookingStore(base.database));
    var payer =
        new Payer(
            store,
            new Intents(promises, new MysqlEpochs(base.database)),
            base.leases,
            base.clock,
            base.lane,
            () -> base.requireLog().partitions(),
            limits);
    var worker =
        new ReissueWorker(
            store, payer, new OtelReissueWatch(base.telemetry.meter()), base.life, base.clock);
    duties.every(EVERY, "reissue", OwnPace.during(on, worker::tick));
  }

  /// Starts paying.
  ///
  /// @param on asked before every turn
  static ReissueWiring start(
      OrderCenterConfig config, Foundation base, FundLimits limits, BooleanSupplier on) {
    return new ReissueWiring(config, base, limits, on);
  }

  @Override
  public void close() {
    duties.close();
    promises.close();
  }
}
