package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.grant.Outbound.Permit;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboundTest {
  private static final Answer HEARD = new Answer.Granted("r");
  private static final Answer UNHEARD = new Answer.Unknown("late");
  private static final Duration TOOK = Duration.ofMillis(5);

  private final HandClock clock = new HandClock();
  private final Outbound open = new Outbound("tickets", () -> Duration.ZERO, 1, clock);

  @Test
  void downstream_thatIsNotHeardOf_isLeftAlone_andProbedAfterAWhile() {
    unheard(CallBreaker.LEAST);
    assertThat(open.permit(false)).isEqualTo(new Permit.Stop(CallBreaker.OPEN_FOR));
    assertThat(open.breakerLevel()).isEqualTo(2);

    clock.advance(CallBreaker.OPEN_FOR.plusMillis(1));
    for (int probe = 0; probe < CallBreaker.PROBES; probe++) {
      assertThat(open.permit(false)).isEqualTo(new Permit.Go());
    }
    assertThat(open.permit(false)).as("probes are bounded").isInstanceOf(Permit.Stop.class);
    for (int probe = 0; probe < CallBreaker.PROBES; probe++) {
      open.ended(HEARD, TOOK);
    }
    assertThat(open.breakerLevel()).isZero();
    assertThat(open.permit(false)).isEqualTo(new Permit.Go());
  }

  @Test
  void probes_thatAreNotHeardOf_openItAgain() {
    unheard(CallBreaker.LEAST);
    clock.advance(CallBreaker.OPEN_FOR.plusMillis(1));
    unheard(CallBreaker.PROBES);
    assertThat(open.permit(false)).isInstanceOf(Permit.Stop.class);
  }

  @Test
  void probe_thatIsNotMade_isGivenBack() {
    unheard(CallBreaker.LEAST);
    clock.advance(CallBreaker.OPEN_FOR.plusMillis(1));
    for (int i = 0; i < 3 * CallBreaker.PROBES; i++) {
      assertThat(open.permit(false)).isEqualTo(new Permit.Go());
      open.giveBack();
    }
  }

  @Test
  void refusals_andRetries_areAnswers_andOpenNothing() {
    for (int i = 0; i < 10 * CallBreaker.LEAST; i++) {
      assertThat(open.permit(false)).isEqualTo(new Permit.Go());
      open.ended(
          i % 2 == 0 ? new Answer.Refused("REJECTED") : new Answer.Retry(Optional.empty(), "busy"),
          TOOK);
    }
  }

  @Test
  void closedRate_stopsEverything_andTakesNoProbe() {
    Outbound narrow = new Outbound("tickets", () -> Duration.ofMillis(40), 1, clock);
    for (int i = 0; i < 100; i++) {
      assertThat(narrow.permit(false)).isEqualTo(new Permit.Stop(Duration.ofMillis(40)));
    }
  }

  @Test
  void repeats_areATenthOfFirstCalls_aboveTheFloor() {
    for (int i = 0; i < 200; i++) {
      assertThat(open.permit(false)).isEqualTo(new Permit.Go());
      open.ended(HEARD, TOOK);
    }
    // 10 % of 200, and a floor of one a second over ten.
    assertThat(repeatsUntilStopped()).isEqualTo(30);
    assertThat(open.permit(false)).as("first calls go on").isEqualTo(new Permit.Go());
    clock.advance(Duration.ofSeconds(11));
    assertThat(repeatsUntilStopped()).as("what was counted has aged").isEqualTo(10);
  }

  private int repeatsUntilStopped() {
    for (int went = 0; ; went++) {
      switch (open.permit(true)) {
        case Permit.Go() -> open.ended(HEARD, TOOK);
        case Permit.NotThis _ -> {
          return went;
        }
        case Permit.Stop _ -> throw new AssertionError("stopped");
      }
    }
  }

  private void unheard(int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(open.permit(false)).isEqualTo(new Permit.Go());
    }
    for (int i = 0; i < calls; i++) {
      open.ended(UNHEARD, TOOK);
    }
  }
}
