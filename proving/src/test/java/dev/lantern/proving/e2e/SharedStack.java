package dev.lantern.proving.e2e;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.place.SkewedApis;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.ConsoleProgress;
import dev.lantern.proving.rain.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One stack for all end-to-end tests of this JVM, started before the first and stopped after the
/// last. Every span goes to the tests' own collector. Its logs stay under `target/e2e-logs`.
final class SharedStack implements AutoCloseable {
  private static final SharedStack ONLY = start();

  /// Longer than the stack's own patience with its parts, so that its word on them is heard.
  private static final int START_MINUTES = 12;

  private final Stack stack;
  private final int basePort;
  private final Collector collector;
  private final OpenRound round;

  private SharedStack(Stack stack, int basePort, Collector collector) {
    this.stack = stack;
    this.basePort = basePort;
    this.collector = collector;
    this.round = OpenRound.begin(Wiring.stack(stack));
  }

  /// Ties the stack's life to the test run's: JUnit closes what its root store holds after the last
  /// test, while a shutdown hook would race with the runner's patience.
  static final class Running implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      var _ =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.create(SharedStack.class))
              .computeIfAbsent("stack", _ -> ONLY);
    }
  }

  static StackAccess access() {
    return Wiring.stack(ONLY.stack);
  }

  static Collector collector() {
    return ONLY.collector;
  }

  /// A round that stays open, for all tests that need nothing but one.
  static OpenRound round() {
    return ONLY.round;
  }

  static Progress progress() {
    return new ConsoleProgress(new PrintStream(System.out, true, StandardCharsets.UTF_8), false);
  }

  static void scale(int api, int settle) {
    ONLY.stack.up(Parts.ALL, ONLY.basePort, new Scale(api, settle), _ -> {});
  }

  /// Wrong clocks in the place of the api processes, until closed.
  static SkewedApis skewed(List<Duration> clocks) {
    return Wiring.skewed(ONLY.stack, Path.of(System.getProperty("lantern.checkout")), clocks);
  }

  @Override
  public void close() {
    round.close();
    collector.close();
    stack.down();
    try {
      keepLogs(stack.home().logs());
      ArtifactCache.delete(stack.home().root());
    } catch (IOException e) {
      throw new IllegalStateException("the stack's files cannot be cleared away", e);
    }
  }

  private static void keepLogs(Path logs) throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "e2e-logs"));
    try (var files = Files.newDirectoryStream(logs)) {
      for (Path file : files) {
        Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static SharedStack start() {
    try {
      Path checkout = Path.of(System.getProperty("lantern.checkout"));
      Path root = Files.createTempDirectory("lantern-e2e");
      var stack = new Stack(Home.open(root), checkout);
      int basePort = FreePorts.base();
      Collector collector = Collector.start();
      // For a run that is broken off; otherwise nothing is left for it to do.
      Runtime.getRuntime().addShutdownHook(new Thread(stack::down));
      Process starter = starter(root, checkout, basePort, collector.endpoint()).start();
      if (!starter.waitFor(START_MINUTES, TimeUnit.MINUTES) || starter.exitValue() != 0) {
        starter.destroyForcibly();
        throw new IllegalStateException("the stack did not come up; its logs are in " + root);
      }
      return running(stack, basePort, collector);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A stack that serves nobody is not left behind.
  private static SharedStack running(Stack stack, int basePort, Collector collector) {
    try {
      return new SharedStack(stack, basePort, collector);
    } catch (RuntimeException | AssertionError e) {
      stack.down();
      throw e;
    }
  }

  private static ProcessBuilder starter(Path root, Path checkout, int basePort, String collector) {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StackStarter.class.getName(),
            root.toString(),
            checkout.toString(),
            Integer.toString(basePort));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("LANTERN_TELEMETRY_OTLP_ENDPOINT", collector);
    builder.environment().put("LANTERN_TELEMETRY_SAMPLE_RATIO", "0");
    return builder;
  }
}
