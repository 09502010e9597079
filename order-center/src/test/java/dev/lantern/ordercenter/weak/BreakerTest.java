package dev.lantern.ordercenter.weak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.weak.Breaker.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final BreakerTerms TERMS = BreakerTerms.STANDARD;
  private static final Duration STEP = Duration.ofMillis(250);
  private final HandClock clock = new HandClock();
  private final Breaker breaker = new Breaker(TERMS, clock.now());

  @Test
  void fiveFailuresInARow_openIt_howeverSeldomTheyCome() {
    for (int i = 0; i < 4; i++) {
      fail();
      clock.advance(Duration.ofSeconds(30));
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    fail();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void failuresAmongMoreSuccesses_leaveItClosed() {
    for (int i = 0; i < 100; i++) {
      breaker.succeeded(clock.now());
      breaker.succeeded(clock.now());
      fail();
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void halfOfAWindow_opensIt() {
    for (int i = 0; i < 5; i++) {
      assertThat(breaker.state()).isEqualTo(State.CLOSED);
      breaker.succeeded(clock.now());
      fail();
      clock.advance(STEP);
    }
    breaker.succeeded(clock.now());
    fail();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void onePause_inWhichManyCallsAreLate_leavesItClosed() {
    for (int i = 0; i < 100; i++) {
      fail();
    }
    clock.advance(TERMS.lasting());
    breaker.succeeded(clock.now());
    for (int i = 0; i < 200; i++) {
      breaker.succeeded(clock.now());
    }
    fail();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void open_isProbedOnlyWhenRested_andClosesAfterThreeGoodProbes() {
    open();
    assertThat(breaker.wantsProbe(clock.now())).isFalse();
    clock.advance(TERMS.rest());
    assertThat(breaker.wantsProbe(clock.now())).isTrue();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    breaker.probed(true, clock.now());
    breaker.probed(true, clock.now());
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    breaker.probed(true, clock.now());
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void badProbe_restsAnew_andForgetsTheGoodOnes() {
    open();
    clock.advance(TERMS.rest());
    assertThat(breaker.wantsProbe(clock.now())).isTrue();
    breaker.probed(true, clock.now());
    breaker.probed(true, clock.now());
    breaker.probed(false, clock.now());
    assertThat(breaker.wantsProbe(clock.now())).isFalse();
    clock.advance(TERMS.rest());
    assertThat(breaker.wantsProbe(clock.now())).isTrue();
    breaker.probed(true, clock.now());
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void openedAgainSoon_restsTwiceAsLong_andOnceSteadyAsAtFirst() {
    open();
    close(TERMS.rest());
    open();
    clock.advance(TERMS.rest());
    assertThat(breaker.wantsProbe(clock.now())).isFalse();
    close(TERMS.rest());
    clock.advance(TERMS.steady());
    open();
    clock.advance(TERMS.rest());
    assertThat(breaker.wantsProbe(clock.now())).isTrue();
  }

  @Test
  void whoCallsWhileItIsOpen_changesNothing() {
    open();
    breaker.succeeded(clock.now());
    fail();
    breaker.probed(true, clock.now());
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  private void open() {
    for (int i = 0; i < TERMS.failures(); i++) {
      fail();
      clock.advance(STEP);
    }
    fail();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  private void close(Duration rest) {
    clock.advance(rest);
    assertThat(breaker.wantsProbe(clock.now())).isTrue();
    for (int i = 0; i < TERMS.probes(); i++) {
      breaker.probed(true, clock.now());
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  private void fail() {
    breaker.failed(clock.now());
  }
}
