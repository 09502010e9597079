package dev.lantern.runtime.server;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks each dependency once a second and publishes the answer under its name.
///
/// At most one probe per dependency is under way; one that hangs for three seconds counts as down
/// until it returns. The service's own status does not follow its dependencies': a service without
/// one of them still answers what it can.
final class HealthProbes implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HealthProbes.class);
  private static final long HUNG_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final HealthStatusManager health;
  private final List<Probed> probes = new ArrayList<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("health").factory());

  HealthProbes(HealthStatusManager health) {
    this.health = health;
  }

  void add(String name, Runnable probe) {
    health.setStatus(name, ServingStatus.UNKNOWN);
    probes.add(new Probed(name, probe));
  }

  void start() {
    var _ =
        ticker.scheduleAtFixedRate(
            () -> probes.forEach(Probed::tick), 0, 1000, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    ticker.shutdownNow();
  }

  private final class Probed {

    private final String name;
    private final Runnable probe;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final AtomicLong begun = new AtomicLong();
    private volatile ServingStatus last = ServingStatus.UNKNOWN;

    Probed(String name, Runnable probe) {
      this.name = name;
      this.probe = probe;
    }

    void tick() {
      if (underWay.compareAndSet(false, true)) {
        begun.set(System.nanoTime());
        Thread.ofVirtual().name("probe-" + name).start(this::run);
      } else if (System.nanoTime() - begun.get() > HUNG_NANOS) {
        publish(ServingStatus.NOT_SERVING, "no answer in 3 s");
      }
    }

    private void run() {
      try {
        probe.run();
        publish(ServingStatus.SERVING, "answers");
      } catch (RuntimeException e) {
        publish(ServingStatus.NOT_SERVING, String.valueOf(e.getMessage()));
      } finally {
        underWay.set(false);
      }
    }

    private void publish(ServingStatus status, String why) {
      if (status != last) {
        LOG.info("dependency {} is {}: {}", name, status, why);
        last = status;
        health.setStatus(name, status);
      }
    }
  }
}
