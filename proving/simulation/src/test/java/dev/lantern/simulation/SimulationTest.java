package dev.lantern.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.simulation.counting.CountMutations;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.world.Mutation;
import dev.lantern.simulation.world.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void seed_playedTwice_isTheSameRun() {
    // The even ones are directed, one for each aim.
    for (long seed : List.of(1L, 5L, 391L, 4L, 8L, 12L, 16L, 20L, 24L, 28L, 48L)) {
      Run first = Run.play(seed, Mutation.NONE, 0);
      Run second = Run.play(seed, Mutation.NONE, 50);

      assertThat(second.hash()).isEqualTo(first.hash());
      assertThat(second.steps()).isEqualTo(first.steps()).isGreaterThan(200);
    }
  }

  @Test
  void seeds_areDifferentRuns() {
    List<Long> hashes =
        LongStream.range(1, 9).mapToObj(seed -> Run.play(seed, Mutation.NONE, 0).hash()).toList();
    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void seeds_ofTheQuickRing_breakNoLaw_andMeetEveryFaultOfAStep() {
    List<Integer> told = new ArrayList<>();
    Report report = new Simulation(progress -> told.add(progress.done())).play(1, 120);

    assertThat(report.violations()).isEmpty();
    assertThat(report.runs()).isEqualTo(120);
    assertThat(told).hasSize(120);
    assertThat(report.hits().total(Fault.REPLY_LOST)).isPositive();
    assertThat(report.hits().total(Fault.KILLED_BEFORE)).isPositive();
    assertThat(report.hits().total(Fault.FROZEN_AFTER)).isPositive();
  }

  @Test
  void rules_takenAway_areFoundOut() {
    // Those that a few seeds find; `lantern sim --mutations` tries them all.
    for (String rule : List.of("A4", "L1", "L3", "S1", "S5", "T1", "W1")) {
      List<Mutation> mutations =
          Mutations.all().stream().filter(mutation -> mutation.rule().equals(rule)).toList();
      assertThat(mutations)
          .isNotEmpty()
          .anySatisfy(mutation ->
              assertThat(MutationTrial.of(mutation, 1, 1_000).caught()).as(rule).isPresent());
    }
  }

  @Test
  void rulesOfCounters_takenAway_areFoundOutByTheirLaw() {
    List<Mutation> mutations =
        Mutations.all().stream().filter(mutation -> !mutation.isOfOrders()).toList();

    assertThat(mutations)
        .extracting(Mutation::rule)
        .contains("C1", "C2", "C3")
        .hasSameSizeAs(CountMutations.all());
    assertThat(mutations)
        .allSatisfy(mutation ->
            assertThat(MutationTrial.of(mutation, 1, 500).caught())
                .as(mutation.what())
                .get()
                .extracting(MutationTrial.Caught::law)
                .isEqualTo("COUNT"));
  }
}
