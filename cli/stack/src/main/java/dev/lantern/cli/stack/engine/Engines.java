package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.part.Starting;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A set of running engines with their addresses and passwords; closing it stops them.
///
/// Tests use [SharedEngines] (one set per JVM) unless they hurt the engines: those start their own
/// and may [#kill], [#stop] and [#startAgain] them.
public final class Engines implements AutoCloseable {
  private final EngineSet set;
  private final Processes processes;
  private final Map<Engine, ProcessIdentity> running = new ConcurrentHashMap<>();

  private Engines(EngineSet set) {
    this.set = set;
    this.processes = new Processes(set.home());
  }

  /// Starts the wanted engines in parallel, with their data under `home` (kept, and found again by
  /// a later start with the same home), and returns when all serve. If one fails, all are stopped
  /// and its [dev.lantern.cli.stack.StackException] is thrown.
  public static Engines start(Path home, int basePort, Set<Engine> wanted) {
    var engines = new Engines(EngineSet.at(Home.open(home), basePort, checkout()));
    engines.ensure(wanted);
    return engines;
  }

  /// Starts those of the wanted engines that do not run yet.
  public synchronized void ensure(Set<Engine> wanted) {
    Set<Engine> missing = EnumSet.noneOf(Engine.class);
    missing.addAll(wanted);
    missing.removeAll(running.keySet());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts = new ArrayList<Future<?>>();
      for (Engine engine : missing) {
        starts.add(threads.submit(() -> start(engine)));
      }
      await(starts);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public Home home() {
    return set.home();
  }

  public String host() {
    return "127.0.0.1";
  }

  /// Where a detour begins: a test may listen there.
  public int port(Detour detour) {
    return detour.port(set.basePort());
  }

  /// Where a detour must lead to.
  public int behind(Detour detour) {
    return detour.behind(set.basePort());
  }

  public int port(Engine engine) {
    return engine.port(set.basePort());
  }

  /// `127.0.0.1:PORT`, as Kafka's clients want it.
  public String address(Engine engine) {
    return host() + ":" + port(engine);
  }

  /// The password of a database account.
  public String password(Account account) {
    return set.password(account);
  }

  /// The database's root account is `root`, for tests that make schemas of their own.
  public String rootPassword() {
    return set.secrets().of(Accounts.ROOT_SECRET);
  }

  /// The password of Redis A or B.
  public String redisPassword(Engine redis) {
    return set.secrets().of(redis.part());
  }

  /// Issues certificates of this home's CA; MariaDB's own is signed by it.
  public DevPki pki() {
    return set.pki();
  }

  /// The process of a running engine, for tests that freeze or watch it.
  public synchronized ProcessIdentity process(Engine engine) {
    ProcessIdentity process = running.get(engine);
    if (process == null) {
      throw new IllegalStateException(engine + " does not run");
    }
    return process;
  }

  /// `kill -9`; returns when the process is gone.
  public synchronized void kill(Engine engine) {
    processes.kill(engine.part(), process(engine));
    running.remove(engine);
  }

  /// Stops it cleanly.
  public synchronized void stop(Engine engine) {
    processes.stop(engine.part(), process(engine), set.part(engine).stopGrace());
    running.remove(engine);
  }

  /// Starts it again on the data it had.
  public void startAgain(Engine engine) {
    ensure(Set.of(engine));
  }

  @Override
  public synchronized void close() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stops = new ArrayList<Future<?>>();
      running.forEach((engine, process) -> {
        Part part = set.part(engine);
        stops.add(threads.submit(() -> processes.stop(part.name(), process, part.stopGrace())));
      });
      running.clear();
      await(stops);
    }
  }

  private Engine start(Engine engine) throws InterruptedException {
    Part part = set.part(engine);
    ProcessIdentity process = Starting.launch(part, processes);
    running.put(engine, process);
    Starting.awaitReady(part, process, processes);
    return engine;
  }

  private static void await(List<Future<?>> starts) {
    try {
      for (Future<?> start : starts) {
        start.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while engines start or stop", e);
    }
  }

  /// The checkout whose broker module is run: Surefire and `./lantern` both say where it is.
  private static Path checkout() {
    return Path.of(System.getProperty("lantern.checkout", ".")).toAbsolutePath().normalize();
  }
}
