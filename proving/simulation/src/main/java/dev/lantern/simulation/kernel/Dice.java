package dev.lantern.simulation.kernel;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// All randomness of a run, from its seed. Drawn only by who holds the baton.
public final class Dice {
  private static final double SKEWNESS = 3;

  private final SplittableRandom random;

  public Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /// From `least` to `most`, both included.
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public long bits() {
    return random.nextLong();
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Any wait between the two, all as likely.
  public Duration anyWait(Duration least, Duration most) {
    return least.plusNanos((long) (most.minus(least).toNanos() * random.nextDouble()));
  }

  /// A wait that is mostly near `least` and now and then near `most`.
  public Duration wait(Duration least, Duration most) {
    double part = Math.pow(random.nextDouble(), SKEWNESS);
    return least.plusNanos((long) (most.minus(least).toNanos() * part));
  }
}
