package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MomentTest {
  private final HandClock clock = new HandClock();

  @Test
  void since_isTheGreaterOfBothClocks() {
    Moment start = clock.now();
    clock.advance(Duration.ofSeconds(3));
    clock.shiftWall(Duration.ofSeconds(-100));
    assertThat(clock.now().since(start)).isEqualTo(Duration.ofSeconds(3));

    clock.shiftWall(Duration.ofSeconds(200));
    assertThat(clock.now().since(start)).isEqualTo(Duration.ofSeconds(103));
  }
}
