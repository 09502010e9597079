package dev.lantern.proving.measure;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How much is measured.
///
/// @param rounds how often each figure is taken; the median counts
/// @param window how long one figure is measured
/// @param warmUp how long each side runs before, at most
/// @param orders how many orders are booked for one figure of settlement
/// @param scale up to how many times the data growth is followed: one of [#SCALES]
public record BenchSize(int rounds, Duration window, Duration warmUp, int orders, int scale) {
  public static final int MOST_ROUNDS = 5;
  public static final List<Integer> SCALES = List.of(1, 10, 100);
  private static final int ROUNDS = 3;

  /// What the command measures when it is told nothing: about two and a half minutes a benchmark on
  /// two cores.
  public static final BenchSize USUAL =
      new BenchSize(
          ROUNDS, Duration.ofSeconds(5), Duration.ofSeconds(50), 10_000, SCALES.getLast());

  public BenchSize {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("rounds must be 1 to " + MOST_ROUNDS + ", not " + rounds);
    }
    if (!SCALES.contains(scale)) {
      throw new IllegalArgumentException("scale must be 1, 10 or 100, not " + scale);
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

  /// The factors that growth is measured at. The first comes twice when it is the only one: what
  /// lies between the two is the machine's noise.
  List<Integer> factors() {
    return scale == 1
        ? List.of(1, 1)
        : Stream.concat(Stream.of(1), SCALES.stream().filter(it -> it > 1 && it <= scale)).toList();
  }
}
