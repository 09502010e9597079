package dev.lantern.ordercenter;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.ServiceHost;
import java.time.Duration;

/// Starts the role that a process is configured for.
public final class Roles {
  private static final Duration SCHEMA_PATIENCE = Duration.ofSeconds(10);

  private Roles() {}

  /// The role, serving.
  ///
  /// @param clock what this process takes for the time: the machine's, but for trials of clocks
  ///   that are wrong
  public static ServiceHost start(OrderCenterConfig config, Clock clock) {
    // The schema must be right first, whichever role comes first.
    Migrations.run(config.database(), SCHEMA_PATIENCE);
    return switch (config.role()) {
      case API -> ApiWiring.start(config, clock);
      case SETTLE -> SettleRole.start(config, clock);
    };
  }
}
