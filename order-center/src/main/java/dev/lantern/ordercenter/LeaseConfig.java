package dev.lantern.ordercenter;

import dev.lantern.ordercenter.budget.LeaseTerms;
import java.time.Duration;

/// The numbers budget leases go by; the same at every instance of a deployment.
public record LeaseConfig(
    Duration time,
    Duration margin,
    Duration heartbeat,
    Duration rotateAfter,
    Duration idleAfter,
    int sliceSeconds,
    Duration grantWait) {
  public LeaseConfig {
    var _ = terms(time, margin, heartbeat, rotateAfter, idleAfter, sliceSeconds);
    if (grantWait.isNegative() || grantWait.toMillis() > 1000) {
      throw new IllegalArgumentException("grant_wait must be at most 1s");
    }
  }

  public LeaseTerms terms() {
    return terms(time, margin, heartbeat, rotateAfter, idleAfter, sliceSeconds);
  }

  private static LeaseTerms terms(
      Duration time,
      Duration margin,
      Duration heartbeat,
      Duration rotateAfter,
      Duration idleAfter,
      int sliceSeconds) {
    return new LeaseTerms(time, margin, heartbeat, rotateAfter, idleAfter, sliceSeconds);
  }
}
