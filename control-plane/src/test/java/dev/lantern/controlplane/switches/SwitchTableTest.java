package dev.lantern.controlplane.switches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Rule;
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

  private final SwitchTable table = SwitchTable.empty().withCatalogue(List.of(VIEW));

  @Test
  void switch_neverTurned_standsAtItsDefault() {
    assertThat(table.values(NOW)).isEqualTo(Map.of("wallet.view", 10_000));
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
    var left = table.with(turn(5, 0, Optional.empty())).withCatalogue(List.of());
    assertThat(left.values(NOW)).isEmpty();
  }

  @Test
  void board_tellsOfATurnThatRanOut_once() {
    Instant[] now = {NOW};
    var board = new SwitchBoard(() -> now[0]);
    var told = new ArrayList<Integer>();
    board.listen((_, values) -> told.add(values.getOrDefault("wallet.view", -1)));
    board.catalogue(List.of(VIEW));
    board.turn(turn(1, 0, Optional.of(NOW.plusSeconds(1))));
    board.tick();
    now[0] = NOW.plusSeconds(1);
    board.tick();
    board.tick();
    assertThat(told).containsExactly(10_000, 0, 10_000);
  }

  private static SwitchChange turn(long revision, int value, Optional<Instant> expires) {
    return new SwitchChange(revision, "wallet.view", value, "me", "why", NOW, expires);
  }
}
