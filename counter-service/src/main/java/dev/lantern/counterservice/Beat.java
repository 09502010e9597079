package dev.lantern.counterservice;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task again and again on a thread of its own, so long after each end. A round that fails
/// is logged and followed by the next.
final class Beat implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Beat.class);

  private final ScheduledExecutorService thread;

  private Beat(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  static Beat start(String name, Duration interval, Runnable round) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(name, round), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    return new Beat(thread);
  }

  private static void guarded(String name, Runnable round) {
    try {
      round.run();
    } catch (RuntimeException e) {
      log.error("a round of {} failed", name, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
