package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A tree goes from INTERNAL over GREY to OFFICIAL while orders come to instances whose clocks
/// differ by up to ±2 s, are cut off from the store now and then, and revisions change all that may
/// change. Whatever an instance lets through belongs to the stage that the tree declares for the
/// round: *resolve(round)*, asked afterwards of the tree that was in effect last.
final class StagesPropertyTest {
  private static final int SEEDS = 80;
  private static final int STEPS = 400;

  @Test
  void no_order_isInAnotherStage_thanItsRound() {
    long accepted = 0;
    long applied = 0;
    int[] stages = new int[4];
    for (long seed = 1; seed <= SEEDS; seed++) {
      StagesWorld world = new StagesWorld(seed);
      world.play(STEPS);
      assertThat(world.violations()).as("seed %s", seed).isEmpty();
      accepted += world.accepted();
      applied += world.applied();
      world.acceptedByStage().forEach((stage, count) -> stages[stage.getNumber()] += count);
    }
    // All of it has happened, or nothing was tried.
    assertThat(accepted).isGreaterThan(SEEDS * 50L);
    assertThat(applied).isGreaterThan(SEEDS * 3L);
    assertThat(stages[1]).isGreaterThan(SEEDS);
    assertThat(stages[2]).isGreaterThan(SEEDS);
    assertThat(stages[3]).isGreaterThan(SEEDS);
  }
}
