package dev.lantern.runtime.server;

import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.config.ConfigException;
import java.nio.file.Path;
import java.util.function.Function;

/// What every service's `main` does: `java … Main --config FILE`.
///
/// Whatever keeps a service from starting ends the process, though threads of what did start may
/// run: a process that does not serve must not look alive. Exit codes are those of the `lantern`
/// command.
public final class Launch {
  private static final int BAD_USE = 2;
  private static final int ENVIRONMENT = 3;

  private Launch() {}

  /// Reads the configuration, starts, and serves until the process is told to end.
  public static <C extends Record> void run(
      String name, Class<C> type, String[] args, Function<C, ? extends Serving> start)
      throws InterruptedException {
    if (args.length != 2 || !args[0].equals("--config")) {
      refuse(name, BAD_USE, "usage: --config FILE");
    }
    try {
      start.apply(Config.load(type, Path.of(args[1]), System.getenv())).await();
    } catch (ConfigException e) {
      refuse(name, ENVIRONMENT, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      // A port taken, a certificate missing, a schema that is another's.
      e.printStackTrace();
      refuse(name, ENVIRONMENT, String.valueOf(e));
    }
  }

  private static void refuse(String name, int code, String why) {
    System.err.println(name + " does not start: " + why);
    System.exit(code);
  }
}
