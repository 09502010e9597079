package dev.lantern.simulation.counting;

import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;

/// What a seed plays of counters. Times are about twice as fast as production's, in the same order.
///
/// @param keepers writers with a journal that nothing is lost of
/// @param losers writers without
/// @param machines writers with a journal on a machine that may die
record CountPlan(
    int instances, int keepers, int losers, int machines, int flushers, Duration storm) {
  static final Duration POLL = Duration.ofMillis(500);
  static final Duration REPAIR = Duration.ofMillis(500);
  static final Duration SWEEP = Duration.ofSeconds(5);
  static final Duration FLUSH = Duration.ofMillis(500);
  static final Duration ASK = Duration.ofMillis(500);
  static final Duration LEAST_BETWEEN_ADDS = Duration.ofMillis(5);
  static final Duration MOST_BETWEEN_ADDS = Duration.ofMillis(700);
  static final Duration WRITTEN_BACK = Duration.ofMillis(1_500);
  static final int LEAVE_AFTER = 2;
  static final int RETURN_AFTER = 4;

  static CountPlan of(Dice dice) {
    return new CountPlan(
        2,
        dice.between(1, 2),
        dice.between(0, 1),
        dice.between(0, 1),
        dice.between(1, 2),
        Duration.ofSeconds(dice.between(8, 18)));
  }
}
