package dev.lantern.ordercenter.budget;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives a [LeaseKeeper]: heartbeats on one thread, grants and retirements on another, so that a
/// grant that waits for a lock never delays a heartbeat.
public final class LeaseThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseThreads.class);
  private static final Duration TEND_EVERY = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final LeaseKeeper keeper;
  private final Duration heartbeat;
  private final Semaphore waiting = new Semaphore(0);
  private final Semaphore stopBeat = new Semaphore(0);
  private final Thread beater;
  private final Thread tender;
  private volatile boolean stopped;

  private LeaseThreads(LeaseKeeper keeper, Duration heartbeat) {
    this.keeper = keeper;
    this.heartbeat = heartbeat;
    this.beater = Thread.ofPlatform().daemon().name("lease-beat").unstarted(this::beat);
    this.tender = Thread.ofPlatform().daemon().name("lease-tend").unstarted(this::tend);
  }

  public static LeaseThreads start(LeaseKeeper keeper, LeaseTerms terms) {
    LeaseThreads threads = new LeaseThreads(keeper, terms.heartbeat());
    keeper.onWaiting(threads.waiting::release);
    threads.beater.start();
    threads.tender.start();
    return threads;
  }

  /// Stops both threads and gives the leases back.
  @Override
  public void close() {
    stopped = true;
    stopBeat.release();
    waiting.release();
    try {
      tender.join(STOP_WITHIN);
      beater.join(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keeper.retireAll();
  }

  private void beat() {
    while (!stopped) {
      Duration pause = attempt("heartbeat", keeper::beat) ? heartbeat : AFTER_FAILURE;
      pause(stopBeat, pause);
    }
  }

  private void tend() {
    while (!stopped) {
      if (!attempt("grant", keeper::tend)) {
        pause(stopBeat, AFTER_FAILURE);
      }
      pause(waiting, TEND_EVERY);
      waiting.drainPermits();
    }
  }

  private static boolean attempt(String what, Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException | Error e) {
      LOG.warn("{} failed; tried again", what, e);
      return false;
    }
  }

  private static void pause(Semaphore until, Duration atMost) {
    try {
      if (until.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        until.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
