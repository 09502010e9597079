package dev.lantern.counterservice;

import dev.lantern.runtime.server.Launch;

/// `java … dev.lantern.counterservice.Main --config FILE`
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run("counter-service", CounterServiceConfig.class, args, Wiring::start);
  }
}
