package dev.lantern.ordercenter.settle;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for something to come true, and says what was seen last when it does not.
public final class Eventually {
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

  private Eventually() {}

  public static void is(Duration within, Supplier<?> seen, BooleanSupplier holds) {
    long until = System.nanoTime() + within.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "not within " + within.toSeconds() + " s; last seen: " + seen.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
