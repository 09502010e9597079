package dev.lantern.tokenservice;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import dev.lantern.tokenservice.keys.UnusableKeyException;
import java.nio.file.Path;

/// `java … dev.lantern.tokenservice.Main --config FILE`
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
      TokenServiceConfig config =
          Config.load(TokenServiceConfig.class, Path.of(args[1]), System.getenv());
      Wiring.start(config).await();
    } catch (ConfigException | UnusableKeyException e) {
      refuse(ENVIRONMENT, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      // A port taken, a certificate missing: whatever runs already must not keep the process alive.
      refuse(ENVIRONMENT, String.valueOf(e));
    }
  }

  private static void refuse(int code, String why) {
    System.err.println("token-service does not start: " + why);
    System.exit(code);
  }
}
