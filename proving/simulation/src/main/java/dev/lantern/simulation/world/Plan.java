package dev.lantern.simulation.world;

import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.ordercenter.settle.SettleConfig;
import dev.lantern.ordercenter.weak.BreakerTerms;
import dev.lantern.ordercenter.weak.GapTerms;
import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;
import java.util.List;

/// What a seed plays: how many processes and users, how much money, for how long.
///
/// Budgets are short on purpose, so that they run out, leases get small and what closing returns is
/// wanted again.
///
/// @param lastDirect whether the last round's orders are booked within their call
public record Plan(
    int apis,
    int settles,
    int partitions,
    int users,
    int rounds,
    long mainFen,
    long mainBudgetFen,
    long smallBudgetFen,
    Fallback fallback,
    boolean lastDirect,
    Duration storm) {

  /// Terms and times of production, about three times as fast; their order is kept.
  static final LeaseTerms TERMS =
      new LeaseTerms(
          Duration.ofSeconds(4),
          Duration.ofMillis(800),
          Duration.ofSeconds(1),
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          2);

  static final BreakerTerms BREAKERS =
      new BreakerTerms(
          3,
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofMillis(700),
          2,
          Duration.ofSeconds(3),
          Duration.ofSeconds(5));

  static final GapTerms GAPS =
      new GapTerms(
          Duration.ofMillis(1_000),
          Duration.ofMillis(700),
          Duration.ofMillis(1_000),
          Duration.ofSeconds(6));

  static final SettleConfig SETTLE =
      new SettleConfig(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMillis(20),
          TERMS.margin(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1));

  /// What an order turns into when the main budget is nearly spent.
  enum Fallback {
    NONE,
    SMALL,
    MESSAGE
  }

  public static Plan of(Dice dice) {
    int users = dice.between(2, 7);
    int rounds = dice.between(1, 4);
    long main = dice.between(5, 60);
    long wanted = main * users * rounds;
    return new Plan(
        dice.between(1, 2),
        dice.between(1, 2),
        dice.between(1, 2),
        users,
        rounds,
        main,
        Math.max(main, wanted * dice.between(40, 150) / 100),
        users * 5L * dice.between(0, 2),
        dice.oneOf(List.of(Fallback.values())),
        dice.chance(0.3),
        Duration.ofSeconds(dice.between(12, 36)));
  }
}
