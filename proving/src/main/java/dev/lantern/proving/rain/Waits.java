package dev.lantern.proving.rain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The driver's clocks, given from outside: one for instants that are agreed with the servers, one
/// monotonic for durations and the order of things.
///
/// @param nanos counts from the run's beginning
public record Waits(InstantSource wall, LongSupplier nanos) {

  /// Sleeps, at most until `instant`; returns early only when interrupted.
  public void until(Instant instant) {
    sleep(Duration.between(wall.instant(), instant));
  }

  public void sleep(Duration time) {
    long end = nanos.getAsLong() + time.toNanos();
    long left = end - nanos.getAsLong();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = end - nanos.getAsLong();
    }
  }

  /// Whether `instant` is still to come.
  public boolean before(Instant instant) {
    return wall.instant().isBefore(instant);
  }
}
