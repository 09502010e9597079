package dev.lantern.ordercenter;

import dev.lantern.ordercenter.warm.MysqlWarmAudit;
import dev.lantern.ordercenter.warm.WarmService;
import dev.lantern.ordercenter.warm.WarmStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Wires what an operator can have readied in a process: its pools to the full, its channels, and
/// the way of a first call.
final class WarmWiring {
  /// Long enough that a pool's next caller finds no connection free, and opens one.
  private static final String HELD = "select sleep(0.05) as slept";

  private static final int CHANNEL_CALLS = 20;
  private static final int CALLERS = 8;

  private WarmWiring() {}

  /// @param channels what the process calls, each asked without an effect
  static WarmService of(OrderCenterConfig config, Foundation base, Map<String, Runnable> channels) {
    List<WarmStep> steps = new ArrayList<>();
    channels.forEach((name, ask) -> {
      steps.add(
          switch (name) {
            case "mysql" ->
                new WarmStep(
                    name,
                    config.database().maxConnections(),
                    1,
                    () -> {
                      var _ = base.database.query(HELD);
                    });
            case "redis-a" ->
                new WarmStep(name, config.redisA().connections() * 2, CHANNEL_CALLS, ask);
            case ApiWiring.PATH -> new WarmStep(name, CALLERS, CHANNEL_CALLS * 2, ask);
            default -> new WarmStep(name, 2, CHANNEL_CALLS, ask);
          });
    });
    return new WarmService(config.instance(), steps, new MysqlWarmAudit(base.database));
  }
}
