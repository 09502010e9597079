package dev.lantern.proving.e2e;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.ConsoleProgress;
import dev.lantern.proving.rain.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One stack for all end-to-end tests of this JVM, started when first asked for, stopped when the
/// JVM ends. Every span goes to the tests' own collector.
final class SharedStack {
  private static final SharedStack ONLY = start();

  private final Stack stack;
  private final int basePort;
  private final Collector collector;

  private SharedStack(Stack stack, int basePort, Collector collector) {
    this.stack = stack;
    this.basePort = basePort;
    this.collector = collector;
  }

  static StackAccess access() {
    return Wiring.stack(ONLY.stack);
  }

  static Collector collector() {
    return ONLY.collector;
  }

  static Progress progress() {
    return new ConsoleProgress(new PrintStream(System.out, true, StandardCharsets.UTF_8), false);
  }

  static void scale(int api, int settle) {
    ONLY.stack.up(Parts.ALL, ONLY.basePort, new Scale(api, settle), _ -> {});
  }

  private static SharedStack start() {
    try {
      Path checkout = Path.of(System.getProperty("lantern.checkout"));
      Path root = Files.createTempDirectory("lantern-e2e");
      var stack = new Stack(Home.open(root), checkout);
      int basePort = FreePorts.base();
      Collector collector = Collector.start();
      Runtime.getRuntime().addShutdownHook(new Thread(stack::down));
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
      builder.environment().put("LANTERN_TELEMETRY_OTLP_ENDPOINT", collector.endpoint());
      builder.environment().put("LANTERN_TELEMETRY_SAMPLE_RATIO", "0");
      Process starter = builder.start();
      if (!starter.waitFor(6, TimeUnit.MINUTES) || starter.exitValue() != 0) {
        starter.destroyForcibly();
        throw new IllegalStateException("the stack did not come up; its logs are in " + root);
      }
      return new SharedStack(stack, basePort, collector);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
