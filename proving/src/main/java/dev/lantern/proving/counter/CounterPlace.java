package dev.lantern.proving.counter;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.process.JavaLaunch;
import dev.lantern.cli.stack.process.JavaLaunch.Program;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import dev.lantern.proving.chaos.FaultProxy;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess.Address;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Two Redis and two instances of counter-service, each with a fault proxy of its own before each
/// Redis; all of them processes of their own, under a home of their own.
final class CounterPlace implements AutoCloseable {
  static final int INSTANCES = 2;

  private static final Program PROGRAM =
      new Program("counter-service", "dev.lantern.counterservice.Main");
  private static final List<String> HEAP = List.of("-Xms32m", "-Xmx96m", "-Xss512k");
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);
  private static final int FIRST_PORT = 32;
  private static final int METRICS = 100;

  private final Path checkout;
  private final int basePort;
  private final Engines engines;
  private final Processes processes;
  private final List<Ways> ways = new ArrayList<>();
  private final Map<Integer, ProcessIdentity> instances = new HashMap<>();
  private final Thread onInterrupt = new Thread(this::stop);

  /// One instance's ways to the two Redis.
  private record Ways(FaultProxy a, FaultProxy b) {

    FaultProxy to(Engine redis) {
      return redis == Engine.REDIS_A ? a : b;
    }

    List<FaultProxy> both() {
      return List.of(a, b);
    }
  }

  private CounterPlace(Path checkout, int basePort, Engines engines) {
    this.checkout = checkout;
    this.basePort = basePort;
    this.engines = engines;
    this.processes = new Processes(engines.home());
  }

  /// Starts everything; the instances may not serve yet.
  static CounterPlace start(Path home, Path checkout, int basePort) {
    Engines engines = Engines.start(home, basePort, EnumSet.of(Engine.REDIS_A, Engine.REDIS_B));
    var place = new CounterPlace(checkout, basePort, engines);
    Runtime.getRuntime().addShutdownHook(place.onInterrupt);
    try {
      for (int i = 0; i < INSTANCES; i++) {
        place.ways.add(
            new Ways(
                FaultProxy.open(0, engines.port(Engine.REDIS_A)),
                FaultProxy.open(0, engines.port(Engine.REDIS_B))));
        place.startInstance(i);
      }
      return place;
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  Path home() {
    return engines.home().root();
  }

  int port(int instance) {
    return basePort + FIRST_PORT + instance;
  }

  OperatorTls identity(String name) {
    Leaf leaf = leaf(name);
    return new OperatorTls(leaf.certificate(), leaf.key(), leaf.authority());
  }

  /// A connection to an instance as this process.
  Operator connect(int instance, String identity) {
    return Operator.at(
        new Address("127.0.0.1", port(instance)), identity(identity), "counter-service");
  }

  /// What becomes of what the instances and a Redis say to each other.
  void way(Engine redis, FaultProxy.Mode mode) {
    ways.forEach(its -> its.to(redis).set(mode));
  }

  /// `kill -9` of an instance, and a new one in its place.
  synchronized void killInstance(int instance) {
    ProcessIdentity process = instances.remove(instance);
    if (process == null) {
      throw new IllegalStateException(name(instance) + " does not run");
    }
    processes.kill(name(instance), process);
    startInstance(instance);
  }

  /// `kill -9` of a Redis, which comes back without its data.
  void wipe(Engine redis) {
    engines.kill(redis);
    try {
      ArtifactCache.delete(engines.home().data().resolve(redis.part()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engines.startAgain(redis);
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // Ending already: the hook does, or waits for, the same.
    }
  }

  private synchronized void stop() {
    ways.forEach(its -> its.both().forEach(way -> way.set(new FaultProxy.Mode.Pass())));
    instances.forEach((i, process) -> processes.stop(name(i), process, STOP_GRACE));
    instances.clear();
    ways.forEach(its -> its.both().forEach(FaultProxy::close));
    ways.clear();
    engines.close();
  }

  private void startInstance(int instance) {
    Path config = engines.home().conf().resolve(name(instance) + ".yaml");
    try {
      PrivateFiles.write(config, configuration(instance));
      instances.put(
          instance,
          processes.start(
              name(instance),
              new JavaLaunch(checkout, ArtifactCache.ofUser(Map.copyOf(System.getenv())).root())
                  .launch(
                      PROGRAM,
                      HEAP,
                      List.of("--config", config.toString()),
                      engines.home().data())));
    } catch (IOException e) {
      throw new UncheckedIOException(name(instance) + " cannot be started", e);
    }
  }

  private String configuration(int instance) {
    Leaf leaf = leaf("counter-service");
    Ways its = ways.get(instance);
    return """
    server:
      port: %d
      metrics_port: %d
      drain_delay: 0ms
      tls: {certificate: "%s", key: "%s", ca: "%s"}
    telemetry: {}
    redis_a: {addresses: ["127.0.0.1:%d"], password: "%s"}
    redis_b: {addresses: ["127.0.0.1:%d"], password: "%s"}
    """
        .formatted(
            port(instance),
            port(instance) + METRICS,
            leaf.certificate(),
            leaf.key(),
            leaf.authority(),
            its.a().port(),
            engines.redisPassword(Engine.REDIS_A),
            its.b().port(),
            engines.redisPassword(Engine.REDIS_B));
  }

  private Leaf leaf(String name) {
    try {
      return engines.pki().leaf(name);
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate for " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String name(int instance) {
    return "counter-service-" + (instance + 1);
  }
}
