package dev.lantern.controlplane.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LevelPilotTest {
  private static final Duration STEP = Duration.ofMillis(500);

  private final Instant[] now = {Instant.parse("2027-02-05T12:00:00Z")};
  private final MemoryLevels store = new MemoryLevels();
  private final SwitchBoard board = new SwitchBoard(() -> now[0]);
  private OptionalInt busy = OptionalInt.of(0);
  private LevelPilot pilot = new LevelPilot(board, store, () -> busy, () -> now[0]);

  @BeforeEach
  void policy() {
    Rule.Switch automatic =
        Rule.Switch.of(
            About.of(LevelPilot.SWITCH, new Origin("s", 1, 1)),
            "nothing",
            10_000,
            Optional.empty());
    board.catalogue(
        new Policy(
            List.of(automatic, HysteresisTest.level(1, 80, 60), HysteresisTest.level(2, 100, 70))));
  }

  /// A twentyfold spike: the levels come one by one, stay, and go one by one.
  @Test
  void spike_entersAndLeaves_withoutFlapping() {
    var ranks = new ArrayList<Integer>();
    for (int second = 0; second < 240; second++) {
      busy = OptionalInt.of(second >= 10 && second < 70 ? 400 : 20);
      run(Duration.ofSeconds(1));
      if (ranks.isEmpty() || ranks.getLast() != rank()) {
        ranks.add(rank());
      }
    }
    assertThat(ranks).containsExactly(0, 1, 2, 1, 0);
  }

  @Test
  void level_isProlongedWhileSomebodyMeasures_andEndsWhenNobodyDoes() {
    busy = OptionalInt.of(90);
    run(Duration.ofMinutes(10));
    assertThat(rank()).isEqualTo(1);
    assertThat(store.events).hasSizeBetween(15, 30);
    busy = OptionalInt.empty();
    run(Duration.ofSeconds(29));
    assertThat(rank()).isEqualTo(1);
    run(LevelPilot.LASTING);
    assertThat(rank()).isZero();
  }

  @Test
  void level_comesWhileTheDatabaseIsAway() {
    store.away = true;
    busy = OptionalInt.of(90);
    run(Duration.ofSeconds(5));
    assertThat(rank()).isEqualTo(1);
    assertThat(store.newest()).isEmpty();
  }

  @Test
  void restart_goesOnFromTheLevelInForce() {
    busy = OptionalInt.of(90);
    run(Duration.ofSeconds(5));
    List<SwitchChange> written = store.newest();
    board.replace(written);
    pilot = new LevelPilot(board, store, () -> busy, () -> now[0]);
    busy = OptionalInt.of(10);
    run(Duration.ofSeconds(12));
    assertThat(rank()).isEqualTo(1);
    run(Duration.ofSeconds(20));
    assertThat(rank()).isZero();
  }

  @Test
  void switchedOff_itLeavesAndStaysAway() {
    busy = OptionalInt.of(90);
    run(Duration.ofSeconds(5));
    board.turn(new SwitchChange(99, LevelPilot.SWITCH, 0, "ann", "why", now[0], Optional.empty()));
    run(Duration.ofSeconds(30));
    assertThat(rank()).isZero();
  }

  private int rank() {
    return board.table().rank(now[0]);
  }

  private void run(Duration time) {
    for (Duration done = Duration.ZERO; done.compareTo(time) < 0; done = done.plus(STEP)) {
      now[0] = now[0].plus(STEP);
      pilot.tick();
    }
  }
}
