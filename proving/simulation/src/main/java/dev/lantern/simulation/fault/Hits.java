package dev.lantern.simulation.fault;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How often each fault struck at each step.
public final class Hits {
  private final Map<Fault, Map<String, Long>> counts = new EnumMap<>(Fault.class);

  public void hit(Fault fault, String step) {
    counts.computeIfAbsent(fault, _ -> new TreeMap<>()).merge(step, 1L, Long::sum);
  }

  public void addAll(Hits more) {
    more.counts.forEach((fault, steps) -> {
      Map<String, Long> mine = counts.computeIfAbsent(fault, _ -> new TreeMap<>());
      steps.forEach((step, count) -> mine.merge(step, count, Long::sum));
    });
  }

  /// By step.
  public Map<String, Long> of(Fault fault) {
    return counts.getOrDefault(fault, Map.of());
  }

  public long total(Fault fault) {
    return of(fault).values().stream().mapToLong(Long::longValue).sum();
  }

  /// Faults that never struck at all.
  public List<Fault> missing() {
    return Arrays.stream(Fault.values()).filter(fault -> total(fault) == 0).toList();
  }
}
