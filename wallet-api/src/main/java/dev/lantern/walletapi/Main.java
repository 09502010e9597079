package dev.lantern.walletapi;

import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.Launch;
import dev.lantern.runtime.server.ServiceHost;
import java.time.Duration;

/// `java … dev.lantern.walletapi.Main --config FILE`
public final class Main {
  private static final Duration SCHEMA_PATIENCE = Duration.ofSeconds(10);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run("wallet-api", WalletApiConfig.class, args, Main::start);
  }

  private static ServiceHost start(WalletApiConfig config) {
    // The schema must be right first.
    Migrations.run(config.database(), SCHEMA_PATIENCE);
    return Wiring.start(config);
  }
}
