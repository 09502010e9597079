package dev.lantern.controlplane.levels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.Signed;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LevelPilotTest {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final String DROP = "wallet.get.drop";

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
    Rule.Switch drop =
        Rule.Switch.of(About.of(DROP, new Origin("s", 2, 1)), "turned away", 0, Optional.empty());
    board.catalogue(
        new Policy(
            List.of(
                automatic,
                drop,
                HysteresisTest.level(1, 80, 60),
                HysteresisTest.level(2, 100, 70, Map.of(DROP, 5000)))));
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
    assertThat(store.events).as("prolonging is no turn").hasSize(1);
    busy = OptionalInt.empty();
    run(Duration.ofSeconds(29));
    assertThat(rank()).isEqualTo(1);
    run(LevelPilot.LASTING);
    assertThat(rank()).isZero();
  }

  @Test
  void operatorsTurnMadeWhileTheLevelHolds_winsForAsLongAsItHolds() {
    busy = OptionalInt.of(150);
    run(Duration.ofSeconds(20));
    assertThat(board.table().values(now[0])).containsEntry(DROP, 5000);
    operatorTurns(DROP, 100);
    for (int second = 0; second < 120; second++) {
      run(Duration.ofSeconds(1));
      board.learn(store.newest());
      assertThat(rank()).isEqualTo(2);
      assertThat(board.table().values(now[0])).containsEntry(DROP, 100);
    }
  }

  @Test
  void level_endsWhenItsLongestIsOver_andIsEnteredAnewIfTheyAreStillBusy() {
    busy = OptionalInt.of(90);
    run(Duration.ofMinutes(59));
    Instant entered = board.table().automaticLevel(now[0]).orElseThrow().at();
    while (now[0].isBefore(entered.plus(Duration.ofHours(1)))) {
      assertThat(rank()).isEqualTo(1);
      run(STEP);
    }
    assertThat(rank()).isZero();
    run(Duration.ofSeconds(5));
    assertThat(rank()).isEqualTo(1);
    assertThat(board.table().automaticLevel(now[0]).orElseThrow().at()).isAfter(entered);
    assertThat(store.events).hasSize(3);
  }

  @Test
  void level_comesWhileTheDatabaseIsAway_andIsWrittenDownOnceItIsBack() {
    store.away = true;
    busy = OptionalInt.of(90);
    run(Duration.ofMinutes(3));
    assertThat(rank()).isEqualTo(1);
    assertThat(store.newest()).isEmpty();
    store.away = false;
    operatorTurns(DROP, 100);
    run(Duration.ofSeconds(1));
    assertThat(store.newest()).anyMatch(turn -> turn.name().equals(SwitchChange.AUTOMATIC_LEVEL));
    Instant end = board.table().automaticLevel(now[0]).orElseThrow().expires().orElseThrow();
    board.learn(store.newest());
    board.replace(store.newest());
    assertThat(board.table().automaticLevel(now[0]).flatMap(SwitchChange::expires)).contains(end);
  }

  /// A database that does not answer holds up the writing alone, not the levels.
  @Test
  @Timeout(30)
  void hungDatabase_holdsUpNoLevel() throws Exception {
    var asked = new CountDownLatch(1);
    var answers = new CountDownLatch(1);
    store.beforeATurn =
        () -> {
          asked.countDown();
          Uninterruptibles.awaitUninterruptibly(answers);
        };
    busy = OptionalInt.of(150);
    tick(Duration.ofSeconds(5));
    assertThat(rank()).isEqualTo(1);
    Thread writer = Thread.ofPlatform().daemon().start(pilot::writeDown);
    asked.await();
    tick(Duration.ofSeconds(10));
    assertThat(rank()).isEqualTo(2);
    assertThat(store.newest()).isEmpty();
    answers.countDown();
    writer.join();
    assertThat(store.events).extracting(AuditEvent::subject).containsExactly("L1", "L2");
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

  /// Its row tells when it was entered; whoever entered it may have prolonged it since.
  @Test
  void levelOfAnotherControlPlane_isNotEndedInTheRecord() {
    busy = OptionalInt.empty();
    Optional<Instant> end = Optional.of(now[0].plus(LevelPilot.LASTING));
    var others =
        new SwitchChange(9, SwitchChange.AUTOMATIC_LEVEL, 1, "another", "why", now[0], end);
    board.learn(List.of(others));
    run(LevelPilot.LASTING.plus(STEP));
    assertThat(rank()).isZero();
    assertThat(store.events).isEmpty();
  }

  @Test
  void switchedOff_itLeavesAndStaysAway() {
    busy = OptionalInt.of(90);
    run(Duration.ofSeconds(5));
    board.turn(new SwitchChange(99, LevelPilot.SWITCH, 0, "ann", "why", now[0], Optional.empty()));
    run(Duration.ofSeconds(30));
    assertThat(rank()).isZero();
  }

  private void operatorTurns(String name, int perTenThousand) {
    var turn = new SwitchChange(0, name, perTenThousand, "ann", "why", now[0], Optional.empty());
    var event = AuditEvent.of(now[0], "switch.set", name, Signed.ourselves("why"), "done", "");
    board.turn(store.append(turn, event));
  }

  private int rank() {
    return board.table().rank(now[0]);
  }

  private void run(Duration time) {
    for (Duration done = Duration.ZERO; done.compareTo(time) < 0; done = done.plus(STEP)) {
      tick(STEP);
      pilot.writeDown();
    }
  }

  private void tick(Duration time) {
    for (Duration done = Duration.ZERO; done.compareTo(time) < 0; done = done.plus(STEP)) {
      now[0] = now[0].plus(STEP);
      pilot.tick();
    }
  }
}
