package dev.lantern.controlplane.policy;

import java.time.Duration;

/// So many requests in so long, over all gateways together: `120000/s`.
public record Rate(long count, Duration per) {
  public Rate {
    if (count <= 0 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("a rate is positive");
    }
  }

  public double perSecond() {
    return count * 1e9 / per.toNanos();
  }
}
