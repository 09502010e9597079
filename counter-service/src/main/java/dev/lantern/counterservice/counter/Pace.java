package dev.lantern.counterservice.counter;

/// How a sum moves on after the instant at which a Redis told it.
///
/// Writers tell their totals about once a second, each at a moment of its own, so a sum is as old
/// as its writers' last reports: the faster a counter rises, the further it is behind. Each Redis
/// therefore keeps, beside the sum, every writer's last report with its rate and how that changed,
/// and adds up what they have probably counted since: `ahead`. Measured by the Redis' own clock, so
/// that no two machines' clocks are compared. The second order matters at the beginning: of a rate
/// that has been rising for five seconds, a straight line misses a tenth.
///
/// All of it is an estimate, for showing alone; sums are exact without it.
///
/// @param ahead what the writers have probably counted that the sum does not hold yet
/// @param rise how fast they count, a second
/// @param change how much that changes in a second
public record Pace(double ahead, double rise, double change) {

  public static final Pace NONE = new Pace(0, 0, 0);

  public Pace {
    if (!(ahead >= 0 && rise >= 0 && Double.isFinite(ahead + rise + change))) {
      throw new IllegalArgumentException("a sum does not go back");
    }
  }

  /// What to add to the sum so many seconds later. Never negative; where the rate would turn, it
  /// stays.
  public double ahead(double seconds) {
    double turned = change < 0 ? Math.min(seconds, -rise / change) : seconds;
    return ahead + rise * turned + change * turned * turned / 2;
  }

  /// How fast they count so many seconds later; never negative.
  public double rise(double seconds) {
    return Math.max(0, rise + change * seconds);
  }
}
