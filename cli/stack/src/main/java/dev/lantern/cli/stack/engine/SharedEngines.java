package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One set of engines per JVM for tests: started when first asked for, stopped when the JVM ends.
///
/// The home is a temporary directory named after the JVM's process. A test JVM that was killed
/// leaves engines behind; the next one to start finds its directory, sees that its owner is gone,
/// stops them and removes it. The single static field is what "one per JVM" means.
public final class SharedEngines {
  private static final String PREFIX = "lantern-engines-";
  private static final String OWNER = "owner";

  private static @Nullable Engines shared;

  private SharedEngines() {}

  /// The shared engines, the wanted ones among them running.
  public static synchronized Engines with(Engine first, Engine... more) {
    Set<Engine> wanted = EnumSet.of(first, more);
    Engines engines = shared;
    if (engines == null) {
      engines = open();
      shared = engines;
    }
    engines.ensure(wanted);
    return engines;
  }

  private static Engines open() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      sweep(temporary);
      var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
      Path root = Files.createTempDirectory(temporary, PREFIX);
      Files.writeString(root.resolve(OWNER), self.format());
      Engines engines = Engines.start(root, FreePorts.base(), Set.of());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(engines, root)));
      return engines;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for engines", e);
    }
  }

  private static void end(Engines engines, Path root) {
    engines.close();
    remove(root);
  }

  /// Clears what killed test JVMs left.
  private static void sweep(Path temporary) throws IOException {
    try (var homes = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path root : homes) {
        Path owner = root.resolve(OWNER);
        boolean orphaned =
            Files.exists(owner)
                && ProcessIdentity.parse(Files.readString(owner))
                    .map(process -> !process.alive())
                    .orElse(false);
        if (orphaned) {
          var processes = new Processes(Home.open(root));
          for (Engine engine : Engine.values()) {
            processes
                .find(engine.part())
                .ifPresent(it -> processes.stop(engine.part(), it, Duration.ZERO));
          }
          remove(root);
        }
      }
    }
  }

  private static void remove(Path root) {
    try {
      ArtifactCache.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + root, e);
    }
  }
}
