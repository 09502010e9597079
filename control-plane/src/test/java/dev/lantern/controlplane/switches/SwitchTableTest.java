package dev.lantern.controlplane.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SwitchTableTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private static final Rule.Switch VIEW =
      Rule.Switch.of(
          About.of("wallet.view", new Origin("s", 1, 1)), "hidden", 10_000, Optional.empty());

  private static final Rule.Switch DROP =
      Rule.Switch.of(
          About.of("grab.drop", new Origin("s", 2, 1)), "turned away", 0, Optional.empty());
  private static final Levels LEVELS =
      new Levels(
          List.of(
              level(1, Map.of("grab.drop", 1000)),
              level(2, Map.of("grab.drop", 3000)),
              level(4, Map.of("wallet.view", 0))));

  private final SwitchTable table = SwitchTable.empty().withCatalogue(List.of(VIEW, DROP), LEVELS);

  @Test
  void switch_neverTurned_standsAtItsDefault() {
    assertThat(table.values(NOW)).isEqualTo(Map.of("wallet.view", 10_000, "grab.drop", 0));
  }

  @Test
  void turn_thatExpires_countsUntilItsInstantAndNotAtIt() {
    var turned = table.with(turn(5, 0, Optional.of(NOW.plusSeconds(10))));
    assertThat(turned.values(NOW.plusMillis(9_999))).containsEntry("wallet.view", 0);
    assertThat(turned.values(NOW.plusSeconds(10))).containsEntry("wallet.view", 10_000);
    assertThat(turned.runOut(NOW.plusSeconds(10))).hasSize(1);
    assertThat(turned.runOut(NOW)).isEmpty();
  }

  @Test
  void olderTurn_thatComesLate_changesNothing() {
    var turned = table.with(turn(6, 0, Optional.empty())).with(turn(5, 42, Optional.empty()));
    assertThat(turned.values(NOW)).containsEntry("wallet.view", 0);
    assertThat(turned.revision()).isEqualTo(6);
  }

  @Test
  void turn_ofASwitchThatLeftTheCatalogue_meansNothing() {
    var left = table.with(turn(5, 0, Optional.empty())).withCatalogue(List.of(), LEVELS);
    assertThat(left.values(NOW)).isEmpty();
  }

  @Test
  void board_tellsOfATurnThatRanOut_once() {
    Instant[] now = {NOW};
    var board = new SwitchBoard(() -> now[0]);
    var told = new ArrayList<Integer>();
    board.listen((_, values) -> told.add(values.getOrDefault("wallet.view", -1)));
    board.catalogue(new Policy(List.of(VIEW)));
    board.turn(turn(1, 0, Optional.of(NOW.plusSeconds(1))));
    board.tick();
    now[0] = NOW.plusSeconds(1);
    board.tick();
    board.tick();
    assertThat(told).containsExactly(10_000, 0, 10_000);
  }

  @Test
  void listenerThatFails_keepsNoOtherFromHearing_andIsToldAgain() {
    var board = new SwitchBoard(() -> NOW);
    board.catalogue(new Policy(List.of(VIEW)));
    var failing = new boolean[] {true};
    var first = new ArrayList<Integer>();
    var second = new ArrayList<Integer>();
    board.listen((_, values) -> {
      if (failing[0]) {
        throw new IllegalStateException("cannot be pushed");
      }
      first.addAll(values.values());
    });
    board.listen((_, values) -> second.addAll(values.values()));
    assertThatThrownBy(() -> board.turn(turn(1, 0, Optional.empty())))
        .isInstanceOf(IllegalStateException.class);
    assertThat(first).isEmpty();
    assertThat(second).containsExactly(0);
    failing[0] = false;
    board.tick();
    board.tick();
    assertThat(first).containsExactly(0);
  }

  @Test
  void level_setsWhatItSays_andWhatLowerOnesSay() {
    assertThat(table.with(level(5, 2, 60)).values(NOW))
        .isEqualTo(Map.of("wallet.view", 10_000, "grab.drop", 3000));
    assertThat(table.with(level(5, 4, 60)).values(NOW))
        .isEqualTo(Map.of("wallet.view", 0, "grab.drop", 3000));
    assertThat(table.with(level(5, 4, 60)).values(NOW.plusSeconds(60)))
        .isEqualTo(Map.of("wallet.view", 10_000, "grab.drop", 0));
  }

  @Test
  void level_neverLoosensWhatAnOperatorTightenedBefore() {
    var tightened = table.with(drop(3, 5000));
    assertThat(tightened.with(level(5, 2, 60)).values(NOW)).containsEntry("grab.drop", 5000);
    var slightly = table.with(drop(3, 500));
    assertThat(slightly.with(level(5, 2, 60)).values(NOW)).containsEntry("grab.drop", 3000);
    assertThat(slightly.with(level(5, 2, 60)).values(NOW.plusSeconds(60)))
        .containsEntry("grab.drop", 500);
  }

  @Test
  void turnMadeWhileALevelHolds_winsOverIt() {
    assertThat(table.with(level(5, 2, 60)).with(drop(6, 100)).values(NOW))
        .containsEntry("grab.drop", 100);
  }

  @Test
  void higherOfBothLevels_holds() {
    var both = table.with(level(5, 1, 600)).with(automatic(6, 2, 60));
    assertThat(both.rank(NOW)).isEqualTo(2);
    assertThat(both.values(NOW)).containsEntry("grab.drop", 3000);
    assertThat(both.rank(NOW.plusSeconds(60))).isEqualTo(1);
    assertThat(both.values(NOW.plusSeconds(60))).containsEntry("grab.drop", 1000);
  }

  @Test
  void standing_saysUntilWhenAndWhatThen() {
    var both = table.with(drop(3, 500)).with(level(5, 1, 600)).with(automatic(6, 2, 60));
    Standing now = both.standing(DROP, NOW);
    assertThat(now.perTenThousand()).isEqualTo(3000);
    assertThat(now.level()).isEqualTo(2);
    assertThat(now.until()).contains(NOW.plusSeconds(60));
    assertThat(now.afterwards()).isEqualTo(1000);
    Standing then = both.standing(DROP, NOW.plusSeconds(60));
    assertThat(then.until()).contains(NOW.plusSeconds(600));
    assertThat(then.afterwards()).isEqualTo(500);
    assertThat(both.standing(VIEW, NOW).until()).isEmpty();
  }

  @Test
  void digest_tellsOfEveryValueAndOfNothingElse() {
    String before = Digest.of(table.values(NOW));
    assertThat(before).as("services make the same").isEqualTo("703231c4c79ee14c");
    assertThat(Digest.of(table.with(drop(3, 0)).values(NOW))).isEqualTo(before);
    assertThat(Digest.of(table.with(drop(3, 1)).values(NOW))).isNotEqualTo(before).hasSize(16);
  }

  /// The database has it, its answer was lost: it is learned of, once, and what is younger stays.
  @Test
  void board_learnsOfTurnsThatAreWrittenDown() {
    Instant[] now = {NOW};
    var board = new SwitchBoard(() -> now[0]);
    board.catalogue(new Policy(List.of(VIEW, DROP)));
    board.turn(drop(7, 100));
    var told = new ArrayList<Integer>();
    board.listen((_, values) -> told.add(values.getOrDefault("wallet.view", -1)));
    List<SwitchChange> written = List.of(turn(5, 0, Optional.empty()), drop(6, 9));
    board.learn(written);
    board.learn(written);
    assertThat(told).containsExactly(0);
    assertThat(board.table().values(NOW)).containsEntry("grab.drop", 100);
  }

  @Test
  void automaticLevelThatIsNotWrittenDown_isNotForgottenForAnOlderOne() {
    var unwritten = table.with(drop(7, 0)).with(automatic(7, 2, 60));
    assertThat(unwritten.learning(entered(5, 1, NOW.minusSeconds(1))).rank(NOW)).isEqualTo(2);
    assertThat(unwritten.learning(entered(8, 1, NOW.plusSeconds(1))).rank(NOW)).isEqualTo(1);
  }

  /// It is written down after it took effect: its row has a higher number than what was turned
  /// while it held, and tells of an earlier end than what it was prolonged to.
  @Test
  void automaticLevelsOwnRow_changesNothing() {
    var holds = table.with(automatic(7, 2, 600)).with(drop(8, 100));
    assertThat(holds.learning(entered(9, 2, NOW))).isEqualTo(holds);
    assertThat(holds.values(NOW)).containsEntry("grab.drop", 100);
  }

  @Test
  void databaseThatComesBack_endsNoAutomaticLevel() {
    var board = new SwitchBoard(() -> NOW);
    board.catalogue(new Policy(List.of(DROP, level(2, Map.of("grab.drop", 3000)))));
    board.replace(List.of(drop(3, 100)));
    board.turn(automatic(3, 2, 60));
    board.replace(List.of(drop(4, 200), entered(2, 0, NOW.minusSeconds(100))));
    assertThat(board.table().rank(NOW)).isEqualTo(2);
    assertThat(board.table().turns().get("grab.drop")).isEqualTo(drop(4, 200));
    board.replace(List.of());
    assertThat(board.table().turns()).isEmpty();
    board.replace(List.of(entered(9, 0, NOW.plusSeconds(1))));
    assertThat(board.table().rank(NOW)).isZero();
  }

  private static Rule.Level level(int rank, Map<String, Integer> settings) {
    return new Rule.Level(
        About.of("level-" + rank, new Origin("l", rank, 1)),
        rank,
        "what users see",
        false,
        Duration.ofHours(1),
        Optional.empty(),
        settings);
  }

  private static SwitchChange level(long revision, int rank, long seconds) {
    return named(SwitchChange.LEVEL, revision, rank, Optional.of(NOW.plusSeconds(seconds)));
  }

  private static SwitchChange automatic(long revision, int rank, long seconds) {
    return named(
        SwitchChange.AUTOMATIC_LEVEL, revision, rank, Optional.of(NOW.plusSeconds(seconds)));
  }

  private static SwitchChange entered(long revision, int rank, Instant at) {
    return new SwitchChange(
        revision,
        SwitchChange.AUTOMATIC_LEVEL,
        rank,
        "me",
        "why",
        at,
        Optional.of(at.plusSeconds(60)));
  }

  private static SwitchChange drop(long revision, int value) {
    return named("grab.drop", revision, value, Optional.empty());
  }

  private static SwitchChange named(
      String name, long revision, int value, Optional<Instant> expires) {
    return new SwitchChange(revision, name, value, "me", "why", NOW, expires);
  }

  private static SwitchChange turn(long revision, int value, Optional<Instant> expires) {
    return new SwitchChange(revision, "wallet.view", value, "me", "why", NOW, expires);
  }
}
