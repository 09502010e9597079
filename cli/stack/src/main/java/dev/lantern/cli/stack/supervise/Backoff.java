package dev.lantern.cli.stack.supervise;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pause before a crashed part is started again: half a second, doubled at each crash in a row
/// up to fifteen, each with a fifth of jitter so that parts that fell together do not come back
/// together. A part that stayed up for half a minute starts from the beginning.
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration HEALED_AFTER = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 5;
  private static final double JITTER = 0.2;

  private final RandomGenerator random;
  private int inARow;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// The pause after a run that lasted `ran`.
  Duration after(Duration ran) {
    inARow = ran.compareTo(HEALED_AFTER) >= 0 ? 0 : inARow;
    long whole = Math.min(FIRST.toMillis() << Math.min(inARow, MOST_DOUBLINGS), LONGEST.toMillis());
    inARow++;
    return Duration.ofMillis(Math.round(whole * (1 + JITTER * (2 * random.nextDouble() - 1))));
  }

  void reset() {
    inARow = 0;
  }
}
