package dev.lantern.skew;

import dev.lantern.ordercenter.OrderCenterConfig;
import dev.lantern.ordercenter.Roles;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.runtime.server.Launch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// `Main MILLIS --config FILE`: a process of order-center whose wall clock is that much ahead of
/// the machine's, or behind it. Its monotonic clock is right: a wrong clock ticks like a right one.
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Duration ahead = Duration.ofMillis(Long.parseLong(args[0]));
    Launch.run(
        "order-center",
        OrderCenterConfig.class,
        Arrays.copyOfRange(args, 1, args.length),
        config ->
            Roles.start(config, () -> new Moment(System.nanoTime(), Instant.now().plus(ahead))));
  }
}
