package dev.lantern.ordercenter.budget;

import java.time.Duration;
import java.time.Instant;

/// An instant by both clocks of this machine.
///
/// Leases judge elapsed time by the greater of the two (L2): the monotonic clock stands still while
/// a virtual machine is suspended, the wall clock can be set back.
public record Moment(long monotonicNanos, Instant wall) {
  /// How long ago `earlier` was, at least.
  public Duration since(Moment earlier) {
    Duration monotonic = Duration.ofNanos(monotonicNanos - earlier.monotonicNanos);
    Duration byWall = Duration.between(earlier.wall, wall);
    return monotonic.compareTo(byWall) >= 0 ? monotonic : byWall;
  }
}
