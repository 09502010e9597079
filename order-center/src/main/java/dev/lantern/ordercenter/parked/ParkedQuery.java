package dev.lantern.ordercenter.parked;

import java.time.Instant;
import java.util.Optional;

/// Which of the things set aside are meant; what is empty or zero does not restrict.
///
/// @param activityId the parent activity
/// @param reason the code a reason begins with
public record ParkedQuery(
    String activityId, String reason, Optional<Instant> acceptedBefore, long actId) {
  public static final ParkedQuery ALL = new ParkedQuery("", "", Optional.empty(), 0);
}
