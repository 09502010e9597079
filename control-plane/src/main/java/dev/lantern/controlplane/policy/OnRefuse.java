package dev.lantern.controlplane.policy;

import java.time.Duration;

/// What a refused caller is told: when to come back, spread over how much, in which words.
public record OnRefuse(Duration after, Duration jitter, String message) {
  public OnRefuse {
    if (after.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("a wait cannot be negative");
    }
  }
}
