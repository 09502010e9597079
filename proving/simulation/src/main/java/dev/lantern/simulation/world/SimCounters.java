package dev.lantern.simulation.world;

import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.ordercenter.tally.Counters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The counter service as settlement knows it: one slot a writer, a total only rises.
final class SimCounters implements Counters {
  private final Map<String, Map<String, Long>> slots = new TreeMap<>();

  @Override
  public void report(List<WriterTotal> totals) {
    for (WriterTotal total : totals) {
      slots
          .computeIfAbsent(total.getName(), _ -> new TreeMap<>())
          .merge(total.getWriter(), total.getTotal(), Math::max);
    }
  }

  long sum(String name) {
    return slots.getOrDefault(name, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }
}
