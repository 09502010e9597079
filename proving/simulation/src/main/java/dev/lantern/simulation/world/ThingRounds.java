package dev.lantern.simulation.world;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.Delivery;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.vendor.SimVendor;
import java.util.Optional;

/// The rounds whose reward is a thing: every other one, in a seed that has any.
final class ThingRounds {
  static final String TICKETS = "tickets";
  static final String SPARES = "spares";
  static final AwardType TICKET = AwardType.AWARD_TYPE_CINEMA_TICKET;
  private static final AwardType PENDANT = AwardType.AWARD_TYPE_AVATAR_PENDANT;
  private static final int MOST_PERCENT = 120;
  private static final int LEAST_PERCENT = 50;
  private static final double MOODY = 0.2;

  private final Plan plan;
  private final Program program;

  ThingRounds(Plan plan, Program program) {
    this.plan = plan;
    this.program = program;
  }

  boolean isOne(int round) {
    return program.hasThings() && round % 2 == 0;
  }

  /// What is promised, what follows a refusal in it.
  Outcome main() {
    return thing(TICKET, "ticket", TICKETS).orElse(instead());
  }

  /// What is given where too little is left, or where the vendor refuses.
  Optional<Outcome> instead() {
    return switch (program.things()) {
      case NONE, ALONE -> Optional.empty();
      case OR_MONEY ->
          Optional.of(
              new Outcome(
                  AwardType.AWARD_TYPE_CASH_RED_PACKET,
                  "small",
                  Fen.of(Campaign.SMALL_FEN),
                  true,
                  "Small",
                  Campaign.SMALL));
      case OR_MESSAGE ->
          Optional.of(
              new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, "Good luck", ""));
      case OR_ANOTHER -> Optional.of(asFallback(thing(PENDANT, "pendant", SPARES)));
    };
  }

  void begin(Tables tables, SimVendor vendor, int percent) {
    int wanted = plan.users() * plan.rounds();
    int tickets = Math.max(1, wanted * percent / 100);
    tables.addBudget(TICKETS, tickets);
    tables.addBudget(SPARES, Math.max(1, tickets / 2));
    vendor.stocks("ticket", Math.max(1, tickets * 3 / 4));
    vendor.stocks("pendant", Math.max(1, tickets / 3));
  }

  /// How much there is of what is wanted.
  static int percent(Dice dice) {
    return dice.between(LEAST_PERCENT, MOST_PERCENT);
  }

  static SimVendor.Moods moods(Dice dice) {
    return new SimVendor.Moods(
        dice.between(0, 2) * MOODY, dice.between(0, 2) * MOODY, dice.between(0, 3) * MOODY);
  }

  private static Outcome asFallback(Outcome thing) {
    return new Outcome(
        thing.given(),
        thing.rewardId(),
        thing.amount(),
        true,
        thing.title(),
        thing.budgetId(),
        thing.delivery());
  }

  private static Outcome thing(AwardType type, String rewardId, String budgetId) {
    return new Outcome(
        type,
        rewardId,
        Fen.ZERO,
        false,
        rewardId,
        budgetId,
        Optional.of(new Delivery(SimVendor.NAME, rewardId, Optional.empty())));
  }
}
