package dev.lantern.counterservice.read;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells waiting readers that a poll is done.
public final class PollSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition polled = lock.newCondition();
  private long polls;

  /// A poll has ended; whoever waits looks again.
  public void announce() {
    lock.lock();
    try {
      polls++;
      polled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How many have ended.
  public long polls() {
    lock.lock();
    try {
      return polls;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until more than this many have ended, or so long; says whether they have.
  public boolean awaitBeyond(long seen, long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (polls <= seen) {
        if (left <= 0) {
          return false;
        }
        left = polled.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
