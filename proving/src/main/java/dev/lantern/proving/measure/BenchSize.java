package dev.lantern.proving.measure;

import java.time.Duration;

/// How much is measured.
///
/// @param rounds how often each figure is taken; the median counts
/// @param window how long one figure is measured
/// @param warmUp how long each side runs before, at most
/// @param orders how many orders are booked for one figure of settlement
/// @param scale up to how many times the data growth is followed
public record BenchSize(int rounds, Duration window, Duration warmUp, int orders, int scale) {
  public static final int MOST_ROUNDS = 5;
  public static final int MOST_SCALE = 100;
  private static final int ROUNDS = 3;

  /// What the command measures when it is told nothing: about two and a half minutes a benchmark on
  /// two cores.
  public static final BenchSize USUAL =
      new BenchSize(ROUNDS, Duration.ofSeconds(5), Duration.ofSeconds(50), 10_000, MOST_SCALE);

  public BenchSize {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("rounds must be 1 to " + MOST_ROUNDS + ", not " + rounds);
    }
    if (scale < 1 || scale > MOST_SCALE) {
      throw new IllegalArgumentException("scale must be 1 to " + MOST_SCALE + ", not " + scale);
    }
    if (!window.isPositive() || warmUp.isNegative() || orders < 1) {
      throw new IllegalArgumentException("a benchmark needs time and orders");
    }
  }

  public BenchSize withRounds(int others) {
    return new BenchSize(others, window, warmUp, orders, scale);
  }

  public BenchSize withScale(int other) {
    return new BenchSize(rounds, window, warmUp, orders, other);
  }
}
