package dev.lantern.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.simulation.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void seed_playedTwice_isTheSameRun() {
    for (long seed : List.of(1L, 5L, 391L)) {
      Run first = Run.play(seed, Mutation.NONE, 0);
      Run second = Run.play(seed, Mutation.NONE, 50);

      assertThat(second.hash()).isEqualTo(first.hash());
      assertThat(second.steps()).isEqualTo(first.steps()).isGreaterThan(500);
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
}
