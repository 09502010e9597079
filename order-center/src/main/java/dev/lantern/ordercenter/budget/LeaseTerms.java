package dev.lantern.ordercenter.budget;

import java.time.Duration;

/// The numbers leases go by; the same at every instance of a deployment.
///
/// @param time how long a lease lasts after a heartbeat; closers wait this and the margin
/// @param margin how much earlier its holder stops (clock rates, a last reply under way)
/// @param heartbeat how often it is renewed
/// @param rotateAfter when an active lease is replaced by a new one
/// @param idleAfter when a lease nobody takes from is given back
/// @param sliceSeconds how many seconds of the holder's own rate a slice covers
public record LeaseTerms(
    Duration time,
    Duration margin,
    Duration heartbeat,
    Duration rotateAfter,
    Duration idleAfter,
    int sliceSeconds) {
  public static final LeaseTerms STANDARD =
      new LeaseTerms(
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          4);

  public LeaseTerms {
    if (margin.isNegative() || heartbeat.multipliedBy(2).compareTo(time.minus(margin)) > 0) {
      throw new IllegalArgumentException("a lease must outlast two heartbeats and its margin");
    }
    if (rotateAfter.compareTo(Duration.ofSeconds(30)) > 0) {
      throw new IllegalArgumentException("a lease is rotated within 30 s");
    }
    if (sliceSeconds < 1 || sliceSeconds > 60) {
      throw new IllegalArgumentException("slice_seconds must be 1..60");
    }
  }

  /// How long after the last good heartbeat was sent the holder may spend and answer (L2).
  public Duration spendable() {
    return time.minus(margin);
  }
}
