package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.HandClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedRateTest {
  private final HandClock clock = new HandClock();
  private final AtomicInteger instances = new AtomicInteger(1);
  private final SharedRate rate = new SharedRate(1_000, instances::get, clock);

  @Test
  void tenSeconds_holdTheRate_whateverIsAsked() {
    assertThat(takenWithin(Duration.ofSeconds(10))).isBetween(10_000, 10_101);
  }

  @Test
  void share_shrinksWithTheInstances() {
    instances.set(4);
    assertThat(takenWithin(Duration.ofSeconds(10))).isBetween(2_500, 2_526);
  }

  @Test
  void refused_saysWhenToComeBack() {
    Duration wait = rate.take();
    while (wait.isZero()) {
      wait = rate.take();
    }
    clock.advance(wait);
    assertThat(rate.take()).isZero();
  }

  private int takenWithin(Duration span) {
    int taken = 0;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(span) < 0;
        passed = passed.plusMillis(1)) {
      while (rate.take().isZero()) {
        taken++;
      }
      clock.advance(Duration.ofMillis(1));
    }
    return taken;
  }
}
