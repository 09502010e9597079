package dev.lantern.proving.measure;

import java.time.Duration;

/// How much is measured.
///
/// @param rounds how often each figure is taken; the median counts
/// @param window how long one figure is measured
/// @param warmUp how long each side runs before, at most
/// @param orders how many orders are booked for one figure of settlement
public record BenchSize(int rounds, Duration window, Duration warmUp, int orders) {
  public static final int MOST_ROUNDS = 5;
  private static final int ROUNDS = 3;

  /// What the command measures when it is told nothing: about two and a half minutes a benchmark on
  /// two cores.
  public static final BenchSize USUAL =
      new BenchSize(ROUNDS, Duration.ofSeconds(5), Duration.ofSeconds(50), 10_000);

  public BenchSize {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("rounds must be 1 to " + MOST_ROUNDS + ", not " + rounds);
    }
    if (!window.isPositive() || warmUp.isNegative() || orders < 1) {
      throw new IllegalArgumentException("a benchmark needs time and orders");
    }
  }

  public BenchSize withRounds(int others) {
    return new BenchSize(others, window, warmUp, orders);
  }
}
