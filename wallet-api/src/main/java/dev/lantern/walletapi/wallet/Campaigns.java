package dev.lantern.walletapi.wallet;

import java.util.Set;

/// What order-center knows of activities. Both calls end within their deadline and throw a
/// [dev.lantern.runtime.errors.Refused]: what order-center refused (UNKNOWN_ACTIVITY,
/// NOT_ELIGIBLE), or DEPENDENCY_DOWN.
public interface Campaigns {
  /// The child activity this user gets now.
  String childOfNow(String activityId, long actId);

  /// All children of an activity, those of the past included.
  Set<String> children(String activityId);
}
