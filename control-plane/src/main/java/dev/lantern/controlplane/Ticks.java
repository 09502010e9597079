package dev.lantern.controlplane;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done again and again, one thing after another on one thread; a failure is logged and the
/// next time comes all the same. What may wait for others is kept apart from what must not.
final class Ticks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

  private final ScheduledExecutorService timer;

  Ticks(String name) {
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  Ticks every(Duration pause, String what, Runnable task) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> run(what, task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private static void run(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed: {}", what, e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
