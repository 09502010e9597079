package dev.lantern.proving.place;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.process.JavaLaunch;
import dev.lantern.cli.stack.process.JavaLaunch.Program;
import dev.lantern.cli.stack.process.Launch;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Takes the place of a stack's order-center api processes with ones whose clocks are wrong: the
/// same configuration, ports and wiring, another main class. Closing puts the stack's own back.
///
/// The processes have pid files in the stack's home: `lantern down` ends them, too.
public final class SkewedApis implements AutoCloseable {
  private static final Program PROGRAM = new Program("proving/skew", "dev.lantern.skew.Main");
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Stack stack;
  private final HomeStack access;
  private final Processes processes;
  private final List<Replaced> replaced = new ArrayList<>();
  private final Thread onInterrupt = new Thread(this::putBack);

  private record Replaced(String part, String name, ProcessIdentity process) {}

  private SkewedApis(Stack stack, HomeStack access) {
    this.stack = stack;
    this.access = access;
    this.processes = new Processes(stack.home());
  }

  /// Replaces them all and returns when the new ones serve.
  ///
  /// @param ahead how far each one's clock is ahead, by the order of the parts' numbers
  public static SkewedApis start(
      Stack stack, HomeStack access, Path checkout, List<Duration> ahead) {
    List<String> parts =
        access.parts().stream().filter(part -> part.startsWith("order-api-")).sorted().toList();
    if (parts.size() != ahead.size()) {
      throw new IllegalStateException(
          "the stack has %d order-center api processes, not %d"
              .formatted(parts.size(), ahead.size()));
    }
    var apis = new SkewedApis(stack, access);
    Runtime.getRuntime().addShutdownHook(apis.onInterrupt);
    try {
      for (int i = 0; i < parts.size(); i++) {
        apis.replace(parts.get(i), checkout, ahead.get(i));
      }
      apis.awaitServing();
      return apis;
    } catch (RuntimeException e) {
      apis.close();
      throw e;
    }
  }

  private void replace(String part, Path checkout, Duration ahead) {
    stack.control().stop(part);
    String name = part + "-skewed";
    Path config = stack.home().conf().resolve(part + ".yaml");
    try {
      Launch launch =
          new JavaLaunch(checkout, ArtifactCache.ofUser(Map.copyOf(System.getenv())).root())
              .launch(
                  PROGRAM,
                  List.of("-Xms32m", "-Xmx160m", "-Xss512k"),
                  List.of(Long.toString(ahead.toMillis()), "--config", config.toString()),
                  stack.home().data());
      replaced.add(new Replaced(part, name, processes.start(name, launch)));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  private void awaitServing() {
    for (StackAccess.Address address : access.orderApis()) {
      await(() -> serves(address), "an order-center with a wrong clock does not serve");
    }
  }

  private boolean serves(StackAccess.Address address) {
    try (Operator operator = Operator.at(address, access.operator())) {
      return HealthGrpc.newBlockingStub(operator.channel())
              .withDeadlineAfter(2, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  /// Ends the processes and starts the stack's own again; returns when they serve.
  @Override
  public void close() {
    List<Replaced> back = putBack();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // Ending already: the hook does, or waits for, the same.
    }
    back.forEach(one -> await(() -> access.ready(one.part()), one.part() + " is not back"));
  }

  private synchronized List<Replaced> putBack() {
    List<Replaced> back = List.copyOf(replaced);
    replaced.clear();
    back.forEach(one -> processes.stop(one.name(), one.process(), STOP_GRACE));
    // Where the stack itself has ended meanwhile there is nothing to put back into.
    if (stack.state().isPresent()) {
      back.forEach(one -> stack.control().start(one.part()));
    }
    return back;
  }

  private static void await(BooleanSupplier condition, String otherwise) {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException(
            otherwise + " after " + READY_WITHIN.toSeconds() + " s; `lantern logs` tells more");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
