package dev.lantern.tokenservice;

import dev.lantern.runtime.server.Launch;

/// `java … dev.lantern.tokenservice.Main --config FILE`
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run("token-service", TokenServiceConfig.class, args, Wiring::start);
  }
}
