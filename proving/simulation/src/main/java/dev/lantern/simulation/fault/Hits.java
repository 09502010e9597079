package dev.lantern.simulation.fault;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How often each fault struck at each step, and where it could have.
public final class Hits {
  /// How many calls of a step it takes before each fault must have struck at it.
  public static final int ENOUGH_CALLS = 500;

  private final Map<Fault, Map<String, Long>> counts = new EnumMap<>(Fault.class);
  private final Map<String, Long> calls = new TreeMap<>();
  private final Map<String, Long> tallies = new TreeMap<>();
  private final Map<Fault, TreeSet<String>> possible = new EnumMap<>(Fault.class);

  /// Something else that is counted over all runs.
  public void tally(String what, long count) {
    tallies.merge(what, count, Long::sum);
  }

  public Map<String, Long> tallies() {
    return tallies;
  }

  /// A call of this step begins.
  void called(String step) {
    calls.merge(step, 1L, Long::sum);
  }

  /// Whether a step was taken, but too seldom to ask for every fault at it. One that was never
  /// taken at all is not seldom: it is missing, or declared.
  public boolean isSeldom(String step) {
    return calls(step) > 0 && calls(step) < ENOUGH_CALLS;
  }

  /// How often a step was taken.
  public long calls(String step) {
    return calls.getOrDefault(step, 0L);
  }

  public void hit(Fault fault, String step) {
    counts.computeIfAbsent(fault, _ -> new TreeMap<>()).merge(step, 1L, Long::sum);
  }

  /// This fault can strike at this step.
  void mayHit(Fault fault, String step) {
    possible.computeIfAbsent(fault, _ -> new TreeSet<>()).add(step);
  }

  public void addAll(Hits more) {
    more.counts.forEach((fault, steps) -> {
      Map<String, Long> mine = counts.computeIfAbsent(fault, _ -> new TreeMap<>());
      steps.forEach((step, count) -> mine.merge(step, count, Long::sum));
    });
    more.calls.forEach((step, count) -> calls.merge(step, count, Long::sum));
    more.tallies.forEach(this::tally);
    more.possible.forEach(
        (fault, steps) -> possible.computeIfAbsent(fault, _ -> new TreeSet<>()).addAll(steps));
  }

  /// By step.
  public Map<String, Long> of(Fault fault) {
    return counts.getOrDefault(fault, Map.of());
  }

  public long total(Fault fault) {
    return of(fault).values().stream().mapToLong(Long::longValue).sum();
  }

  /// Whether this fault can strike at this step at all.
  public boolean isPossible(Fault fault, String step) {
    return possible.getOrDefault(fault, new TreeSet<>()).contains(step);
  }

  /// Every step that something can happen at.
  public Set<String> steps() {
    TreeSet<String> all = new TreeSet<>();
    possible.values().forEach(all::addAll);
    return all;
  }

  /// How many pairs of a fault and a step can occur.
  public int possiblePairs() {
    return possible.values().stream().mapToInt(TreeSet::size).sum();
  }

  /// Pairs that can occur and did not, but those at steps that are seldom taken.
  public List<Pair> missingPairs() {
    return possible.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().stream()
                .filter(step -> !of(entry.getKey()).containsKey(step))
                .filter(step -> !isSeldom(step))
                .map(step -> new Pair(entry.getKey(), step)))
        .toList();
  }

  /// Faults that never struck at all.
  public List<Fault> missing() {
    return Arrays.stream(Fault.values()).filter(fault -> total(fault) == 0).toList();
  }

  /// A fault at a step.
  public record Pair(Fault fault, String step) {
    @Override
    public String toString() {
      return fault + " at " + step;
    }
  }
}
