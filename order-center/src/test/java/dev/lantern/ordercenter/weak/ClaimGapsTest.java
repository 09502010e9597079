package dev.lantern.ordercenter.weak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ClaimGapsTest {
  private static final GapTerms TERMS = GapTerms.STANDARD;
  private static final Duration TICK = Duration.ofMillis(500);

  private final HandClock clock = new HandClock();
  private final MemoryGaps store = new MemoryGaps();
  private final AtomicBoolean without = new AtomicBoolean();
  private final ClaimGaps one = gaps(without);
  private final ClaimGaps other = gaps(new AtomicBoolean());

  @Test
  void whoGoesWithout_acceptsOnlyWhenEveryoneElseHasHadToLook() {
    other.tick();
    without.set(true);
    one.tick();
    Instant opens = clock.now().wall();
    // The other one's last look is from before the mark: it may be relied on no longer than this.
    while (!one.mayGoWithout()) {
      clock.advance(TICK);
      one.tick();
    }
    assertThat(other.trustsSilence(opens)).isFalse();
  }

  @Test
  void silenceIsProof_whileNobodyEverWentWithout() {
    assertThat(other.trustsSilence(clock.now().wall())).isFalse();
    other.tick();
    assertThat(other.trustsSilence(clock.now().wall())).isTrue();
    clock.advance(TERMS.trust().plusMillis(1));
    assertThat(other.trustsSilence(clock.now().wall())).isFalse();
  }

  @Test
  void silenceIsNoProof_inRoundsThatWereOpenWhenSomeoneWentWithout() {
    store.mark(Lane.LANE_LIVE);
    Instant marked = clock.now().wall();
    clock.advance(Duration.ofMinutes(1));
    other.tick();
    assertThat(other.trustsSilence(marked.minusSeconds(5))).isFalse();
    assertThat(other.trustsSilence(marked.plus(TERMS.clocksDiffer()))).isFalse();
    assertThat(other.trustsSilence(marked.plus(TERMS.clocksDiffer()).plusMillis(1))).isTrue();
  }

  @Test
  void whoHasNotMarkedLately_stops_andWaitsAnew() {
    without.set(true);
    goWithout();
    clock.advance(TERMS.fresh().plusMillis(1));
    assertThat(one.mayGoWithout()).isFalse();
    one.tick();
    assertThat(one.mayGoWithout()).isFalse();
    goWithout();
  }

  @Test
  void aClockThatIsSetAhead_makesNobodyWaitLess() {
    without.set(true);
    one.tick();
    clock.shiftWall(Duration.ofMinutes(1));
    assertThat(one.mayGoWithout()).isFalse();
  }

  @Test
  void whoHasRedisAgain_isNotAskedToGoWithout_andKnowsOfItsOwnMarks() {
    without.set(true);
    goWithout();
    without.set(false);
    one.tick();
    assertThat(one.trustsSilence(clock.now().wall())).isFalse();
  }

  private void goWithout() {
    one.tick();
    for (int i = 0; i < TERMS.quiet().dividedBy(TICK); i++) {
      assertThat(one.mayGoWithout()).isFalse();
      clock.advance(TICK);
      one.tick();
    }
    assertThat(one.mayGoWithout()).isTrue();
  }

  private ClaimGaps gaps(AtomicBoolean without) {
    return new ClaimGaps(store, Lane.LANE_LIVE, without::get, TERMS, clock);
  }

  private final class MemoryGaps implements GapStore {
    private Optional<Instant> last = Optional.empty();

    @Override
    public void mark(Lane lane) {
      last = Optional.of(clock.now().wall());
    }

    @Override
    public Optional<Instant> lastMark(Lane lane) {
      return last;
    }
  }
}
