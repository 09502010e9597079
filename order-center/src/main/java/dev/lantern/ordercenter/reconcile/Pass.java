package dev.lantern.ordercenter.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The passes over what is booked: each follows the last one some time behind.
///
/// Why four: a row carries the instant at which its booking *began*, and it is seen only once it is
/// committed. So whoever follows the newest instant closely may pass a row that is still under way.
/// The quick pass does: it is there to see what is wrong within seconds. The sure pass comes after
/// the longest life a booking transaction can have (statements of 3 s, idle 5 s, at most nine of
/// them, tried six times: under eight minutes), so what it has passed is complete. The hourly one,
/// and its repetition an hour later, are the backstop, whatever clocks did.
///
/// @param limit up to where it may look now
record Pass(String name, Limit limit) {
  private static final Duration SURE = Duration.ofMinutes(10);

  /// Up to where a pass may look.
  interface Limit {
    Instant at(Instant now);
  }

  /// The four of them.
  ///
  /// @param lag how far behind the newest the quick one stays: twice what clocks differ by
  static List<Pass> all(Duration lag) {
    return List.of(
        new Pass("quick", now -> now.minus(lag)),
        new Pass("sure", now -> now.minus(SURE)),
        new Pass("hour", now -> hour(now).minus(1, ChronoUnit.HOURS)),
        new Pass("backstop", now -> hour(now).minus(2, ChronoUnit.HOURS)));
  }

  private static Instant hour(Instant now) {
    return now.truncatedTo(ChronoUnit.HOURS);
  }
}
