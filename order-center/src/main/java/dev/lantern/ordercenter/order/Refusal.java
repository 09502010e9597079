package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Reason;
import java.time.Duration;
import java.util.Optional;

/// Why an order was not accepted; nothing was promised.
///
/// @param field the request field to blame
/// @param retryAfter when to come back, where the reason alone does not tell
public record Refusal(
    Reason reason, String message, Optional<String> field, Optional<Duration> retryAfter) {
  public static Refusal of(Reason reason, String message) {
    return new Refusal(reason, message, Optional.empty(), Optional.empty());
  }

  public Refusal field(String name) {
    return new Refusal(reason, message, Optional.of(name), retryAfter);
  }

  public Refusal retryAfter(Duration wait) {
    return new Refusal(reason, message, field, Optional.of(wait));
  }
}
