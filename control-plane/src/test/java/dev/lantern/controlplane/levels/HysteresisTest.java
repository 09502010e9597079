package dev.lantern.controlplane.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.levels.Hysteresis.State;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Automatic;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HysteresisTest {
  private static final Instant START = Instant.parse("2027-02-05T12:00:00Z");
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration AT_LEAST = Duration.ofSeconds(20);

  private final Hysteresis hysteresis =
      new Hysteresis(List.of(level(1, 80, 60), level(2, 100, 70), manual(3)));

  @Test
  void level_isEnteredWhenBusyLongEnough_andOneAtATime() {
    assertThat(ranks(run(85, 85, 85, 85, 85, 85, 85))).containsExactly(0, 0, 0, 0, 0, 0, 1);
    var hot = new int[40];
    java.util.Arrays.fill(hot, 500);
    List<Integer> ranks = ranks(run(hot));
    assertThat(ranks).endsWith(2).doesNotContain(3);
    assertThat(ranks.indexOf(2) - ranks.indexOf(1)).isEqualTo(7);
  }

  @Test
  void spike_thatDoesNotLast_entersNothing() {
    assertThat(ranks(run(200, 200, 200, 79, 200, 200, 200, 79, 200))).containsOnly(0);
  }

  @Test
  void loadInTheBand_changesNothing() {
    State in = State.at(1, START);
    for (int i = 1; i <= 1000; i++) {
      in = hysteresis.next(in, OptionalInt.of(60 + i % 20), START.plus(STEP.multipliedBy(i)));
      assertThat(in.rank()).isEqualTo(1);
    }
  }

  @Test
  void level_isLeftWhenCalmLongEnough_andNotBeforeItsStay() {
    State in = State.at(1, START);
    Instant left = null;
    for (int i = 1; i <= 100 && left == null; i++) {
      Instant now = START.plus(STEP.multipliedBy(i));
      in = hysteresis.next(in, OptionalInt.of(10), now);
      left = in.rank() == 0 ? now : null;
    }
    assertThat(left).isEqualTo(START.plus(AT_LEAST));
  }

  @Test
  void loadThatNobodyKnows_neitherEntersNorLeaves() {
    State in = State.at(1, START);
    for (int i = 1; i <= 1000; i++) {
      in = hysteresis.next(in, OptionalInt.empty(), START.plus(STEP.multipliedBy(i)));
    }
    assertThat(in.rank()).isEqualTo(1);
    assertThat(in.calmSince()).isEmpty();
  }

  @Test
  void gapInTheMeasurements_startsTheTimesAgain() {
    State in = State.at(0, START);
    int[] busy = {90, 90, 90, 90, 90, -1, 90, 90, 90, 90, 90};
    for (int i = 0; i < busy.length; i++) {
      in =
          hysteresis.next(
              in,
              busy[i] < 0 ? OptionalInt.empty() : OptionalInt.of(busy[i]),
              START.plus(STEP.multipliedBy(i)));
    }
    assertThat(in.rank()).isZero();
  }

  @Test
  void levelThatLeftThePolicy_isLeft() {
    var fewer = new Hysteresis(List.of(level(1, 80, 60)));
    assertThat(fewer.next(State.at(2, START), OptionalInt.of(500), START).rank()).isEqualTo(1);
  }

  /// Shedding works, so what services see falls while the level holds; what users want does not.
  @Test
  void demandThatLasts_isLetBackInEverMoreSeldom() {
    List<Instant> entries = entries(State.at(0, START), 7200);
    // After 20 s, 40 s, 80 s, 160 s, and every 320 s from then on.
    assertThat(entries).hasSizeBetween(10, 16);
    Duration last = Duration.between(entries.get(entries.size() - 2), entries.getLast());
    assertThat(last)
        .isBetween(
            AT_LEAST.multipliedBy(Hysteresis.MOST_STAY),
            AT_LEAST.multipliedBy(Hysteresis.MOST_STAY).plusSeconds(4));
  }

  @Test
  void demandThatComesBackAfterACalm_findsTheFirstStayAgain() {
    State in = State.at(0, START);
    for (int i = 1; i <= 600; i++) {
      in = hysteresis.next(in, OptionalInt.of(busy(in)), START.plus(STEP.multipliedBy(i)));
    }
    assertThat(stay(in)).isGreaterThan(AT_LEAST);
    int i = 601;
    for (int calm = 0; calm < 2000; calm++, i++) {
      in = hysteresis.next(in, OptionalInt.of(10), START.plus(STEP.multipliedBy(i)));
    }
    assertThat(in.rank()).isZero();
    while (in.rank() == 0) {
      in = hysteresis.next(in, OptionalInt.of(100), START.plus(STEP.multipliedBy(i++)));
    }
    assertThat(stay(in)).isEqualTo(AT_LEAST);
  }

  private List<Instant> entries(State from, int steps) {
    var entries = new ArrayList<Instant>();
    State in = from;
    for (int i = 1; i <= steps; i++) {
      Instant now = START.plus(STEP.multipliedBy(i));
      State next = hysteresis.next(in, OptionalInt.of(busy(in)), now);
      if (next.rank() > in.rank()) {
        entries.add(now);
      }
      in = next;
    }
    return entries;
  }

  private static Duration stay(State in) {
    return Optional.ofNullable(in.stays().get(1)).orElseThrow().time();
  }

  private static int busy(State in) {
    return in.rank() == 0 ? 100 : 50;
  }

  /// Whatever the load does: one step at a time, no level shorter than its stay, never in on a calm
  /// moment nor out on a hot one, and hence no more than so many changes in any window.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void anyLoad_neverFlaps(long seed) {
    var random = new Random(seed);
    State in = State.at(0, START);
    int busy = 50;
    var changes = new ArrayList<Instant>();
    for (int i = 1; i <= 20_000; i++) {
      Instant now = START.plus(STEP.multipliedBy(i));
      busy = random.nextInt(10) == 0 ? random.nextInt(200) : clamp(busy + random.nextInt(41) - 20);
      OptionalInt known = random.nextInt(50) == 0 ? OptionalInt.empty() : OptionalInt.of(busy);
      State next = hysteresis.next(in, known, now);
      if (next.rank() != in.rank()) {
        assertThat(Math.abs(next.rank() - in.rank())).isOne();
        boolean up = next.rank() > in.rank();
        assertThat(known).isPresent();
        if (up) {
          assertThat(busy).isGreaterThanOrEqualTo(80);
        } else {
          assertThat(busy).isLessThan(70);
          assertThat(Duration.between(in.since(), now)).isGreaterThanOrEqualTo(AT_LEAST);
        }
        changes.add(now);
      }
      in = next;
    }
    assertThat(changes).isNotEmpty();
    // In a minute: down at most once a stay, up at most once more than down, and two to begin with.
    int most = 2 * 3 + 2;
    for (int i = most; i < changes.size(); i++) {
      assertThat(Duration.between(changes.get(i - most), changes.get(i)))
          .isGreaterThan(Duration.ofMinutes(1));
    }
  }

  /// More load never means a lower level, if it is more at every instant and both began alike.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void steadilyHigherLoad_neverStandsLower(long seed) {
    var random = new Random(seed);
    State low = State.at(0, START);
    State high = State.at(0, START);
    int level = random.nextInt(120);
    int more = random.nextInt(60);
    for (int i = 1; i <= 2_000; i++) {
      Instant now = START.plus(STEP.multipliedBy(i));
      low = hysteresis.next(low, OptionalInt.of(level), now);
      high = hysteresis.next(high, OptionalInt.of(level + more), now);
      assertThat(high.rank()).isGreaterThanOrEqualTo(low.rank());
    }
  }

  private static int clamp(int busy) {
    return Math.clamp(busy, 0, 300);
  }

  private List<State> run(int... busy) {
    var states = new ArrayList<State>();
    State in = State.at(0, START);
    for (int i = 0; i < busy.length; i++) {
      in = hysteresis.next(in, OptionalInt.of(busy[i]), START.plus(STEP.multipliedBy(i)));
      states.add(in);
    }
    return states;
  }

  private static List<Integer> ranks(List<State> states) {
    return states.stream().map(State::rank).toList();
  }

  static Rule.Level level(int rank, int enter, int leave) {
    return level(rank, enter, leave, Map.of());
  }

  static Rule.Level level(int rank, int enter, int leave, Map<String, Integer> settings) {
    return new Rule.Level(
        About.of("level-" + rank, new Origin("levels.yaml", 1, 1)),
        rank,
        "what users see",
        false,
        Duration.ofHours(1),
        Optional.of(
            new Automatic(enter, Duration.ofSeconds(3), leave, Duration.ofSeconds(10), AT_LEAST)),
        settings);
  }

  static Rule.Level manual(int rank) {
    return manual(rank, Map.of("wallet.view", 0));
  }

  static Rule.Level manual(int rank, Map<String, Integer> settings) {
    return new Rule.Level(
        About.of("level-" + rank, new Origin("levels.yaml", 1, 1)),
        rank,
        "what users see",
        true,
        Duration.ofHours(1),
        Optional.empty(),
        settings);
  }
}
