package dev.lantern.controlplane;

import dev.lantern.runtime.server.Launch;

/// `java … dev.lantern.controlplane.LimiterMain --config FILE`: the role `ratelimit`.
public final class LimiterMain {
  private LimiterMain() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run("ratelimit", LimiterConfig.class, args, LimiterWiring::start);
  }
}
