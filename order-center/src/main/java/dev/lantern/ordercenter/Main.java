package dev.lantern.ordercenter;

import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.runtime.server.Launch;
import java.time.Instant;

/// `java … dev.lantern.ordercenter.Main --config FILE`
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run(
        "order-center",
        OrderCenterConfig.class,
        args,
        config -> Roles.start(config, () -> new Moment(System.nanoTime(), Instant.now())));
  }
}
