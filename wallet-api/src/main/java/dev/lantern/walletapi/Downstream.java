package dev.lantern.walletapi;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import io.grpc.StatusRuntimeException;

/// What another service's failure means for our caller.
public final class Downstream {
  private Downstream() {}

  /// The refusal to answer with: the other service's own where it concerns the caller, and
  /// DEPENDENCY_DOWN, naming the service, when it did not answer in time.
  public static Refused refusal(StatusRuntimeException failure, String service) {
    return switch (failure.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED ->
          Refused.of(Reason.REASON_DEPENDENCY_DOWN, service + " is down or late")
              .dependency(service);
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          Failures.refusal(failure);
    };
  }
}
