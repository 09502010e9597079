package dev.lantern.proving.laws;

import dev.lantern.common.v1.Reason;

/// What the contract (reason.proto) says of retrying after each reason.
enum RetryDuty {
  /// Retrying is useful; the refusal must say when.
  SAYS_WHEN,
  /// Retrying is useless; the refusal must not invite it.
  SAYS_NO,
  /// Not a reason that a refusal may carry.
  NEVER_SENT;

  static RetryDuty of(Reason reason) {
    return switch (reason) {
      case REASON_ROUND_NOT_OPEN,
          REASON_BUDGET_BUSY,
          REASON_BUDGET_FROZEN,
          REASON_QUEUE_FULL,
          REASON_SCENE_RATE,
          REASON_LIMITED,
          REASON_DROPPED,
          REASON_SWITCHED_OFF,
          REASON_DEPENDENCY_DOWN,
          REASON_OUTCOME_UNKNOWN,
          REASON_NOT_SERVING,
          REASON_DEADLINE ->
          SAYS_WHEN;
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
          REASON_LANE_CLOSED ->
          SAYS_NO;
      case REASON_UNSPECIFIED, UNRECOGNIZED -> NEVER_SENT;
    };
  }
}
