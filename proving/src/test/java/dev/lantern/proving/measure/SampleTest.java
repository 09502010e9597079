package dev.lantern.proving.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SampleTest {
  private final List<Sample> samples =
      List.of(sample(100, 9_000), sample(100, 1_000), sample(100, 2_000));

  @Test
  void median_isTheMiddleOne_notTheMean() {
    assertThat(Sample.median(samples, it -> it.cpuEach(List.of("api")))).isEqualTo(20);
  }

  @Test
  void median_ofAnEvenNumber_isTheUpperOfTheTwo() {
    List<Sample> two = List.of(sample(100, 3_000), sample(100, 1_000));
    assertThat(Sample.median(two, it -> it.cpuEach(List.of("api")))).isEqualTo(30);
  }

  @Test
  void cpuEach_countsWhatEndedWell() {
    assertThat(new Sample(50, 50, 1, Map.of("api", 1_000L)).cpuEach(List.of("api"))).isEqualTo(20);
  }

  @Test
  void processes_thatDidNextToNothing_areLeftOut() {
    var idle = new Sample(1_000, 0, 1, Map.of("api", 20_000L, "idle", 10L));
    assertThat(Sample.cpuEachByProcess(List.of(idle))).containsOnlyKeys("api");
  }

  private static Sample sample(long units, long apiMicros) {
    return new Sample(units, 0, 1, Map.of("api", apiMicros));
  }
}
