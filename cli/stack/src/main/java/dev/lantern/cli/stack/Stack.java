package dev.lantern.cli.stack;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.process.JavaLaunch;
import dev.lantern.cli.stack.process.Launch;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import dev.lantern.cli.stack.supervise.ControlClient;
import dev.lantern.cli.stack.supervise.PartStatus;
import dev.lantern.cli.stack.supervise.Phase;
import dev.lantern.cli.stack.supervise.StackState;
import dev.lantern.cli.stack.supervise.SupervisorMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The stack of one home, as the command line and the trials see it: up, down, and what is between.
public final class Stack {
  private static final String SUPERVISOR = "supervisor";
  private static final Duration UP_PATIENCE = Duration.ofMinutes(10);
  private static final Duration SUPERVISOR_STOP = Duration.ofSeconds(100);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private final Home home;
  private final Path checkout;
  private final Processes processes;

  public Stack(Home home, Path checkout) {
    this.home = home;
    this.checkout = checkout;
    this.processes = new Processes(home);
  }

  public Home home() {
    return home;
  }

  /// What runs; empty if nothing does.
  public Optional<StackState> state() {
    return StackState.running(home);
  }

  /// Commands for the running stack.
  public ControlClient control() {
    StackState state =
        state()
            .orElseThrow(
                () -> new StackException("no stack runs at " + home.root(), "`lantern up`"));
    return new ControlClient(state, new Secrets(home, new SecureRandom()));
  }

  /// Starts what does not run yet and returns when every part serves. `watcher` sees the state as
  /// it changes. If a part cannot be started, all are stopped again and its error is thrown.
  public StackState up(String plan, int basePort, Scale scale, Consumer<StackState> watcher) {
    Optional<StackState> running = state();
    if (running.isPresent() && same(running.get(), plan, basePort)) {
      control().scale(scale);
    } else {
      down();
      Home.open(home.root());
      launchSupervisor(plan, basePort, scale);
    }
    try {
      return awaitReady(watcher);
    } catch (StackException e) {
      down();
      throw e;
    }
  }

  private static boolean same(StackState running, String plan, int basePort) {
    return running.plan().equals(plan) && running.basePort() == basePort;
  }

  /// Stops everything this home's stack started and returns when all of it is gone.
  public void down() {
    Optional<StackState> state = state();
    state.ifPresent(running -> {
      try {
        control().stopAll();
      } catch (StackException e) {
        // Deaf or frozen: what follows stops it and its parts by their pid files.
      }
      processes.stop(SUPERVISOR, running.supervisor(), SUPERVISOR_STOP);
    });
    stopLeftovers();
    try {
      Files.deleteIfExists(home.run().resolve("state.json"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the state", e);
    }
  }

  /// Removes data, passwords, certificates, logs: all the stack keeps, and nothing else that may
  /// lie in its directory. Only when nothing runs.
  public void wipe() {
    if (state().isPresent()) {
      throw new StackException("the stack runs", "`lantern down --wipe`");
    }
    try {
      for (Path directory :
          List.of(home.data(), home.conf(), home.secrets(), home.pki(), home.logs(), home.run())) {
        ArtifactCache.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the stack's data", e);
    }
  }

  private void launchSupervisor(String plan, int basePort, Scale scale) {
    var command = new ArrayList<String>();
    command.addAll(List.of("setsid", JavaLaunch.java()));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xss512k"));
    command.addAll(List.of("-cp", ownClasspath()));
    command.add(SupervisorMain.class.getName());
    command.addAll(List.of(home.root().toString(), checkout.toString(), "" + basePort));
    command.addAll(List.of("" + scale.api(), "" + scale.settle(), plan));
    processes.start(SUPERVISOR, new Launch(command, Map.of(), home.root()));
  }

  private String ownClasspath() {
    try {
      return new JavaLaunch(checkout, ArtifactCache.ofUser(System.getenv()).root()).ownClasspath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy our own jars into the cache", e);
    }
  }

  private StackState awaitReady(Consumer<StackState> watcher) {
    long deadline = System.nanoTime() + UP_PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<StackState> state = state().filter(it -> !it.parts().isEmpty());
      state.ifPresent(watcher);
      if (state.isPresent() && state.get().allReady()) {
        return state.get();
      }
      state.flatMap(Stack::failed).ifPresent(Stack::fail);
      if (state.isEmpty() && processes.find(SUPERVISOR).isEmpty()) {
        throw new StackException(
            "the supervisor ended:\n  "
                + String.join("\n  ", processes.logs().tail(SUPERVISOR, 12)),
            "the whole log is " + processes.logs().of(SUPERVISOR));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new StackException(
        "the stack is not up after " + UP_PATIENCE.toMinutes() + " minutes",
        "`lantern status` and `lantern logs` tell more");
  }

  private static Optional<PartStatus> failed(StackState state) {
    return state.parts().stream().filter(part -> part.phase() == Phase.FAILED).findFirst();
  }

  private static void fail(PartStatus part) {
    int cut = part.detail().lastIndexOf('\n');
    throw cut < 0
        ? new StackException(part.name() + " does not start: " + part.detail(), "`lantern logs`")
        : new StackException(part.detail().substring(0, cut), part.detail().substring(cut + 1));
  }

  /// Stops what a supervisor that is gone left running.
  private void stopLeftovers() {
    for (String name : names()) {
      Optional<ProcessIdentity> process = processes.find(name);
      process.ifPresent(it -> processes.stop(name, it, Duration.ofSeconds(15)));
      processes.forget(name);
    }
  }

  /// The names that have a pid file, in the reverse of the order in which they were started.
  private List<String> names() {
    if (!Files.isDirectory(home.run())) {
      return List.of();
    }
    try (var files = Files.newDirectoryStream(home.run(), "*.pid")) {
      var names = new ArrayList<String>();
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - ".pid".length()));
      }
      // The supervisor first (it would restart the others), then services before engines.
      names.sort(Comparator.comparingInt(Stack::stopOrder));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + home.run(), e);
    }
  }

  private static int stopOrder(String name) {
    if (name.equals(SUPERVISOR)) {
      return 0;
    }
    return List.of("mariadb", "redis-a", "redis-b", "kafka").contains(name) ? 2 : 1;
  }
}
