package dev.lantern.controlplane.policy;

import java.time.Duration;

/// What a refused caller is told: whether and when to come back, spread over how much, in which
/// words.
public record OnRefuse(boolean retryable, Duration after, Duration jitter, String message) {
  public OnRefuse {
    if (after.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("a wait cannot be negative");
    }
  }

  /// Worth coming back, after so long.
  public OnRefuse(Duration after, Duration jitter, String message) {
    this(true, after, jitter, message);
  }

  static OnRefuse of(Values values) {
    return new OnRefuse(
        values.flag("retryable"),
        values.span("after"),
        values.span("jitter"),
        values.text("message"));
  }
}
