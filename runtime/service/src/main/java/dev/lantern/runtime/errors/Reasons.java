package dev.lantern.runtime.errors;

import dev.lantern.common.v1.Reason;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/// What each reason means on the wire: its status code and when to come back, as promised in
/// `reason.proto`.
public final class Reasons {

  private Reasons() {}

  /// The name as ErrorInfo carries it, without `REASON_`.
  public static String name(Reason reason) {
    return reason.name().substring("REASON_".length());
  }

  public static Status.Code code(Reason reason) {
    return switch (reason) {
      case REASON_INVALID_FIELD, REASON_MALFORMED_BODY -> Status.Code.INVALID_ARGUMENT;
      case REASON_UNAUTHENTICATED, REASON_BAD_ASSERTION -> Status.Code.UNAUTHENTICATED;
      case REASON_FORBIDDEN, REASON_NOT_YOURS -> Status.Code.PERMISSION_DENIED;
      case REASON_NOT_FOUND, REASON_UNKNOWN_ACTIVITY -> Status.Code.NOT_FOUND;
      case REASON_METHOD_NOT_ALLOWED -> Status.Code.UNIMPLEMENTED;
      case REASON_UNDECLARED_ROUND,
          REASON_ROUND_NOT_OPEN,
          REASON_ROUND_CLOSED,
          REASON_NOT_ELIGIBLE,
          REASON_AWARD_TYPE_MISMATCH,
          REASON_OVER_AMOUNT_CAP,
          REASON_SOLD_OUT,
          REASON_OPEN_TIME_SKEWED,
          REASON_OVER_DAILY_CAP,
          REASON_INVALID_DOCUMENT,
          REASON_POLICY_REJECTED,
          REASON_NOT_PARKED,
          REASON_NOT_PAYABLE,
          REASON_CUT_TOO_LARGE,
          REASON_ROUND_NOT_CLOSED,
          REASON_WRONG_STATE,
          REASON_LANE_CLOSED ->
          Status.Code.FAILED_PRECONDITION;
      case REASON_SELF_APPROVAL -> Status.Code.PERMISSION_DENIED;
      case REASON_ORDER_CONFLICT -> Status.Code.ALREADY_EXISTS;
      case REASON_STALE_ETAG -> Status.Code.ABORTED;
      case REASON_TOO_LARGE,
          REASON_BUDGET_BUSY,
          REASON_BUDGET_FROZEN,
          REASON_QUEUE_FULL,
          REASON_SCENE_RATE,
          REASON_LIMITED ->
          Status.Code.RESOURCE_EXHAUSTED;
      case REASON_DROPPED,
          REASON_SWITCHED_OFF,
          REASON_DEPENDENCY_DOWN,
          REASON_OUTCOME_UNKNOWN,
          REASON_NOT_SERVING ->
          Status.Code.UNAVAILABLE;
      case REASON_DEADLINE -> Status.Code.DEADLINE_EXCEEDED;
      case REASON_INTERNAL, REASON_UNSPECIFIED, UNRECOGNIZED -> Status.Code.INTERNAL;
    };
  }

  /// How long to wait unless the refuser knows better; empty: the same call will not fare better.
  public static Optional<Duration> retryAfter(Reason reason) {
    return switch (reason) {
      case REASON_OUTCOME_UNKNOWN, REASON_NOT_SERVING -> Optional.of(Duration.ofMillis(500));
      case REASON_DEPENDENCY_DOWN,
          REASON_DEADLINE,
          REASON_BUDGET_BUSY,
          REASON_SCENE_RATE,
          REASON_LIMITED ->
          Optional.of(Duration.ofSeconds(1));
      case REASON_QUEUE_FULL -> Optional.of(Duration.ofSeconds(2));
      case REASON_DROPPED -> Optional.of(Duration.ofSeconds(3));
      case REASON_BUDGET_FROZEN -> Optional.of(Duration.ofSeconds(5));
      case REASON_SWITCHED_OFF -> Optional.of(Duration.ofSeconds(10));
      case REASON_INVALID_FIELD,
          REASON_MALFORMED_BODY,
          REASON_TOO_LARGE,
          REASON_UNAUTHENTICATED,
          REASON_FORBIDDEN,
          REASON_NOT_YOURS,
          REASON_NOT_FOUND,
          REASON_METHOD_NOT_ALLOWED,
          REASON_UNKNOWN_ACTIVITY,
          REASON_UNDECLARED_ROUND,
          REASON_ROUND_NOT_OPEN,
          REASON_ROUND_CLOSED,
          REASON_NOT_ELIGIBLE,
          REASON_AWARD_TYPE_MISMATCH,
          REASON_OVER_AMOUNT_CAP,
          REASON_SOLD_OUT,
          REASON_ORDER_CONFLICT,
          REASON_OPEN_TIME_SKEWED,
          REASON_OVER_DAILY_CAP,
          REASON_NOT_PARKED,
          REASON_NOT_PAYABLE,
          REASON_CUT_TOO_LARGE,
          REASON_INTERNAL,
          REASON_INVALID_DOCUMENT,
          REASON_STALE_ETAG,
          REASON_BAD_ASSERTION,
          REASON_POLICY_REJECTED,
          REASON_ROUND_NOT_CLOSED,
          REASON_SELF_APPROVAL,
          REASON_WRONG_STATE,
          REASON_LANE_CLOSED,
          REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          Optional.empty();
    };
  }
}
