package dev.lantern.ordercenter.settle;

import java.time.Instant;
import java.util.Optional;

/// The retry policies that campaigns declare for their scenes. Answers from memory.
@FunctionalInterface
public interface RetryPolicies {
  /// No scene declares one.
  RetryPolicies NONE = (_, _, _, _) -> Optional.empty();

  /// What the revision that an order was accepted under says of its scene; empty where it says
  /// nothing, or is not known here.
  Optional<RetryPolicy> declared(
      String activityId, String childActivityId, String sceneId, Instant acceptedAt);

  default RetryPolicy of(SetAsideOrder order) {
    return declared(
            order.parentActivityId(), order.childActivityId(), order.sceneId(), order.acceptedAt())
        .orElse(RetryPolicy.STANDARD);
  }

  default RetryPolicy of(LogRecord record) {
    return switch (record) {
      case LogRecord.Promised(_, Promise promise, _) ->
          declared(
                  promise.parentActivityId(),
                  promise.childActivityId(),
                  promise.orderNo().round().sceneId(),
                  promise.acceptedAt())
              .orElse(RetryPolicy.STANDARD);
      case LogRecord.Unreadable _ -> RetryPolicy.STANDARD;
    };
  }
}
