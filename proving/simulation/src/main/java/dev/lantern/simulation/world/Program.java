package dev.lantern.simulation.world;

import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.vendor.SimVendor;
import java.util.List;

/// What a seed plays beside money that is accepted and booked: each part in some of the seeds only,
/// drawn by dice of its own.
///
/// @param things what is given where a vendor refuses; empty rounds of things: [Things#NONE]
/// @param thingsPercent how many there are of those that are wanted
/// @param moods of the vendor
/// @param askFirst whether vendors are asked about what may have been done
/// @param forces users are settled by call
/// @param reissues lists of payments are paid beside everything else
/// @param dailyCapFen how much money a person may be given a day; 0: no limit
/// @param midnightSeconds after the beginning the next day begins
/// @param stages the campaign has several children, and a second lane beside the users'
/// @param audits the books are audited all the time
record Program(
    Things things,
    int thingsPercent,
    SimVendor.Moods moods,
    boolean askFirst,
    boolean forces,
    boolean reissues,
    long dailyCapFen,
    int midnightSeconds,
    boolean stages,
    boolean audits) {
  private static final long SALT = 0x5DEECE66D1CE4E5BL;
  private static final double SOME = 0.3;

  /// Whether things are given, and what is given instead of a refused one.
  enum Things {
    NONE,
    ALONE,
    OR_MONEY,
    OR_MESSAGE,
    OR_ANOTHER
  }

  static Program of(long seed, Plan plan) {
    Dice dice = new Dice(seed * SALT + 1);
    return new Program(
        dice.chance(SOME)
            ? dice.oneOf(
                List.of(
                    Things.ALONE,
                    Things.OR_MONEY,
                    Things.OR_MONEY,
                    Things.OR_MESSAGE,
                    Things.OR_ANOTHER))
            : Things.NONE,
        ThingRounds.percent(dice),
        ThingRounds.moods(dice),
        dice.chance(0.5),
        dice.chance(SOME),
        dice.chance(SOME),
        dice.chance(SOME) ? plan.mainFen() * dice.between(1, 3) + dice.between(0, 4) : 0,
        dice.between(4, 20),
        dice.chance(SOME),
        dice.chance(SOME));
  }

  /// Nothing beside, for seeds that are aimed at something.
  ///
  /// @param forces but that users are settled by call
  static Program aimed(boolean forces) {
    return new Program(
        Things.NONE, 100, new SimVendor.Moods(0, 0, 0), false, forces, false, 0, 0, false, false);
  }

  boolean hasThings() {
    return things != Things.NONE;
  }
}
