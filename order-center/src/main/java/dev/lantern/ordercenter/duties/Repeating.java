package dev.lantern.ordercenter.duties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats duties, each on a thread of its own, with a pause after each time; until closed.
///
/// A duty that fails is repeated like one that succeeded: what it could not do is still to be done.
/// A failure is logged when it begins, every [#TELL_EVERY] times while it lasts, and when it ends.
public final class Repeating implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);
  private static final int TELL_EVERY = 20;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);

  /// Starts a duty.
  public void every(Duration pause, String name, Runnable duty) {
    Thread thread =
        Thread.ofPlatform().daemon().name(name).unstarted(() -> loop(pause, name, duty));
    threads.add(thread);
    thread.start();
  }

  /// Asks every duty to end and waits for those under way.
  @Override
  public void close() {
    stop.countDown();
    try {
      for (Thread thread : threads) {
        if (!thread.join(STOP_WITHIN)) {
          LOG.warn("{} has not ended in time", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop(Duration pause, String name, Runnable duty) {
    long failures = 0;
    try {
      do {
        failures = once(name, duty, failures);
      } while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// How often in a row it has failed now.
  private static long once(String name, Runnable duty, long failures) {
    try {
      duty.run();
      if (failures > 0) {
        LOG.info("{} works again after {} failures", name, failures);
      }
      return 0;
    } catch (RuntimeException | Error e) {
      // An Error, too: a duty that ended unseen would be missed by nobody until it matters.
      if (failures % TELL_EVERY == 0) {
        LOG.warn("{} fails and is repeated", name, e);
      }
      return failures + 1;
    }
  }
}
