package dev.lantern.walletapi;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import java.nio.file.Path;

/// `java … dev.lantern.walletapi.Main --config FILE.yaml`
public final class Main {
  private static final int BAD_USE = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2 || !args[0].equals("--config")) {
      System.err.println("usage: wallet-api --config FILE.yaml");
      System.exit(BAD_USE);
    }
    WalletApiConfig config;
    try {
      config = Config.load(WalletApiConfig.class, Path.of(args[1]), System.getenv());
    } catch (ConfigException refused) {
      System.err.println(refused.getMessage());
      System.exit(BAD_USE);
      return;
    }
    Migrations.run(config.database());
    Wiring.start(config).await();
  }
}
