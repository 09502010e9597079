package dev.lantern.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LifeTest {
  private final Life life = new Life("api-1");

  @Test
  void suspension_isLostToTheMonotonicClock() {
    life.freeze(10, 50, true);
    assertThat(life.monotonicLost()).isEqualTo(40);
  }

  @Test
  void freeze_isNot() {
    life.freeze(10, 50, false);
    assertThat(life.monotonicLost()).isZero();
  }

  @Test
  void suspension_thatEndsEarly_losesWhatHasPassed() {
    life.freeze(10, 50, true);
    life.thaw(20);
    assertThat(life.monotonicLost()).isEqualTo(10);
    life.thaw(30);
    assertThat(life.monotonicLost()).isEqualTo(10);
  }

  @Test
  void suspension_afterAFreeze_losesItsOwnPartAlone() {
    life.freeze(10, 30, false);
    life.freeze(20, 50, true);
    assertThat(life.monotonicLost()).isEqualTo(20);
    life.thaw(25);
    assertThat(life.monotonicLost()).isZero();
  }
}
