package dev.lantern.proving.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// One measurement.
///
/// @param units calls, or orders, that ended well
/// @param errors those that did not
/// @param cpuMicros processor time used meanwhile, by process
record Sample(long units, long errors, double seconds, Map<String, Long> cpuMicros) {
  private static final double NEXT_TO_NOTHING = 0.5;

  double perSecond() {
    return units / seconds;
  }

  /// Processor time a unit of these processes together, in microseconds.
  double cpuEach(List<String> processes) {
    return processes.stream().mapToLong(it -> cpuMicros.getOrDefault(it, 0L)).sum()
        / (double) units;
  }

  /// The middle one by size; the upper of the two in the middle of an even number.
  static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  static long errors(List<Sample> samples) {
    return samples.stream().mapToLong(Sample::errors).sum();
  }

  /// The medians of every process's time a unit; those that did next to nothing left out.
  static Map<String, Double> cpuEachByProcess(List<Sample> samples) {
    var each = new LinkedHashMap<String, Double>();
    for (String process : samples.getFirst().cpuMicros().keySet()) {
      double micros = median(samples, it -> it.cpuEach(List.of(process)));
      if (micros >= NEXT_TO_NOTHING) {
        each.put(process, micros);
      }
    }
    return each;
  }
}
