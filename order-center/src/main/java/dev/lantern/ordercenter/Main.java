package dev.lantern.ordercenter;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import dev.lantern.runtime.server.ServiceHost;
import java.nio.file.Path;

/// `java … dev.lantern.ordercenter.Main --config FILE`
public final class Main {
  /// Exit codes of the `lantern` command: bad use, environment.
  private static final int BAD_USE = 2;

  private static final int ENVIRONMENT = 3;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2 || !args[0].equals("--config")) {
      refuse(BAD_USE, "usage: --config FILE");
    }
    try {
      OrderCenterConfig config =
          Config.load(OrderCenterConfig.class, Path.of(args[1]), System.getenv());
      // The schema must be right first, whichever role comes first.
      Migrations.run(config.database());
      start(config).await();
    } catch (ConfigException e) {
      refuse(ENVIRONMENT, String.valueOf(e.getMessage()));
    }
  }

  private static ServiceHost start(OrderCenterConfig config) {
    return switch (config.role()) {
      case API -> ApiWiring.start(config);
      case SETTLE -> SettleRole.start(config);
    };
  }

  private static void refuse(int code, String why) {
    System.err.println("order-center does not start: " + why);
    System.exit(code);
  }
}
