package dev.lantern.controlplane;

import dev.lantern.controlplane.mesh.Truth.SeedsRefusedException;
import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import java.nio.file.Path;

/// `java … dev.lantern.controlplane.Main --config FILE`
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
      ControlPlaneConfig config =
          Config.load(ControlPlaneConfig.class, Path.of(args[1]), System.getenv());
      Wiring.start(config).await();
    } catch (ConfigException | SeedsRefusedException e) {
      refuse(ENVIRONMENT, String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(int code, String why) {
    System.err.println("control-plane does not start: " + why);
    System.exit(code);
  }
}
