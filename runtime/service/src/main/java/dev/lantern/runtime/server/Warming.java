package dev.lantern.runtime.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks everything a service calls, all at once, before the service says that it serves.
///
/// The first call over a cold channel of a cold JVM takes longer than any deadline of ours: without
/// this the first users after a start would pay for it with refusals. What does not answer within
/// the limit is left to the calls that need it, which say so; a start waits for nobody for long.
final class Warming {

  private static final Logger LOG = LoggerFactory.getLogger(Warming.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Duration limit;
  private final List<Ask> asks = new ArrayList<>();

  Warming(Duration limit) {
    this.limit = limit;
  }

  void add(String name, Runnable ask) {
    asks.add(new Ask(name, ask));
  }

  /// Returns when all have answered, or the limit has passed.
  void run() {
    long until = System.nanoTime() + limit.toNanos();
    CountDownLatch warm = new CountDownLatch(asks.size());
    for (Ask ask : asks) {
      Thread.ofVirtual()
          .name("warm-" + ask.name)
          .start(() -> {
            ask.untilAnswered(until);
            warm.countDown();
          });
    }
    try {
      // A call under way when the limit passes ends by its own deadline; nobody waits for it.
      if (!warm.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        LOG.info("serving before everything is warm");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Ask(String name, Runnable ask) {

    void untilAnswered(long until) {
      while (!answered()) {
        if (System.nanoTime() - until > 0) {
          LOG.warn("{} is not warm in time", name);
          return;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private boolean answered() {
      try {
        ask.run();
        return true;
      } catch (RuntimeException e) {
        LOG.debug("{} does not answer yet", name, e);
        return false;
      }
    }
  }
}
