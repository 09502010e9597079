package dev.lantern.cli.stack.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void after_crashesInARow_growsToItsBound() {
    var backoff = new Backoff(new SplittableRandom(1));
    long before = 0;
    for (int i = 0; i < 5; i++) {
      long pause = backoff.after(SHORT).toMillis();
      assertThat(pause).isGreaterThan(before);
      before = pause;
    }
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.after(SHORT)).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(18));
    }
  }

  @Test
  void after_aLongRun_beginsAnew() {
    var backoff = new Backoff(new SplittableRandom(1));
    for (int i = 0; i < 10; i++) {
      var _ = backoff.after(SHORT);
    }

    assertThat(backoff.after(Duration.ofMinutes(1))).isLessThan(Duration.ofSeconds(1));
  }
}
