package dev.lantern.counterservice.repair;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/// What both Redis say of one counter: its sum, and its slots added up anew.
///
/// @param due the higher total of each slot, added up
public record Drift(String name, long sumA, long sumB, long slotsA, long slotsB, long due) {

  static Drift of(String name, long sumA, long sumB, Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> higher = new HashMap<>(a);
    b.forEach((slot, total) -> higher.merge(slot, total, Math::max));
    return new Drift(name, sumA, sumB, total(a), total(b), total(higher));
  }

  /// The greatest distance of the four from what is due.
  public long drift() {
    return LongStream.of(sumA, sumB, slotsA, slotsB)
        .map(said -> Math.abs(said - due))
        .max()
        .orElseThrow();
  }

  private static long total(Map<String, Long> slots) {
    return slots.values().stream().mapToLong(Long::longValue).sum();
  }
}
