package dev.lantern.ordercenter;

import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.Launch;
import dev.lantern.runtime.server.ServiceHost;
import java.time.Duration;

/// `java … dev.lantern.ordercenter.Main --config FILE`
public final class Main {
  private static final Duration SCHEMA_PATIENCE = Duration.ofSeconds(10);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run("order-center", OrderCenterConfig.class, args, Main::start);
  }

  private static ServiceHost start(OrderCenterConfig config) {
    // The schema must be right first, whichever role comes first.
    Migrations.run(config.database(), SCHEMA_PATIENCE);
    return switch (config.role()) {
      case API -> ApiWiring.start(config);
      case SETTLE -> SettleRole.start(config);
    };
  }
}
