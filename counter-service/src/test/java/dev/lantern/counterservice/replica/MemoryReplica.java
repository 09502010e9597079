package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.SlotTotal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// A replica in memory that keeps the same contract as Redis' ([CounterReplicaContract]), and can
/// be cut off or emptied.
public final class MemoryReplica implements CounterReplica {

  private final Map<CounterKey, Map<String, Long>> slots = new HashMap<>();
  private final Map<CounterKey, Long> sums = new HashMap<>();
  private final Set<CounterKey> names = new HashSet<>();
  private final Map<CounterKey, Map<String, SlotPace>> paces = new HashMap<>();
  private final LongSupplier micros;
  private Choice choice = Choice.NONE;
  private boolean cut;
  private boolean losing;
  private int run;

  /// One in which no time passes.
  public MemoryReplica() {
    this(() -> 0);
  }

  /// @param micros its clock
  public MemoryReplica(LongSupplier micros) {
    this.micros = micros;
  }

  /// From now on it does not answer.
  public synchronized void cut() {
    cut = true;
  }

  /// The next report is taken, and its answer lost.
  public synchronized void loseAnswer() {
    losing = true;
  }

  /// It answers again, with what it had.
  public synchronized void mend() {
    cut = false;
  }

  /// It restarts without its data.
  public synchronized void restartEmpty() {
    slots.clear();
    sums.clear();
    names.clear();
    paces.clear();
    choice = Choice.NONE;
    run++;
    cut = false;
  }

  @Override
  public synchronized List<Taken> raise(List<SlotTotal> totals, Limits limits) {
    answer();
    List<Taken> taken = new ArrayList<>();
    for (SlotTotal total : totals) {
      taken.add(raise(total, limits));
    }
    if (losing) {
      losing = false;
      throw new ReplicaUnavailableException("lost", new IllegalStateException("by the test"));
    }
    return taken;
  }

  @Override
  public synchronized Map<CounterKey, Level> levels(List<CounterKey> counters) {
    answer();
    Map<CounterKey, Level> found = new HashMap<>();
    sums.forEach((counter, sum) ->
        found.put(
            counter,
            new Level(
                sum,
                SlotPace.all(paces.getOrDefault(counter, Map.of()).values(), micros.getAsLong()))));
    found.keySet().retainAll(counters);
    return found;
  }

  @Override
  public synchronized Choice choice(Choice offered) {
    answer();
    choice = choice.or(offered);
    return choice;
  }

  @Override
  public synchronized Set<CounterKey> counters(int lane) {
    answer();
    Set<CounterKey> found = new HashSet<>(names);
    found.removeIf(counter -> counter.lane() != lane);
    return found;
  }

  @Override
  public synchronized void clear(int lane) {
    answer();
    names.removeIf(counter -> counter.lane() == lane);
    sums.keySet().removeIf(counter -> counter.lane() == lane);
    slots.keySet().removeIf(counter -> counter.lane() == lane);
  }

  @Override
  public synchronized Map<CounterKey, Map<String, Long>> slots(List<CounterKey> counters) {
    answer();
    Map<CounterKey, Map<String, Long>> found = new HashMap<>();
    slots.forEach((counter, totals) -> found.put(counter, Map.copyOf(totals)));
    found.keySet().retainAll(counters);
    return found;
  }

  @Override
  public synchronized String runId() {
    answer();
    return "run-" + run;
  }

  private Taken raise(SlotTotal total, Limits limits) {
    CounterKey counter = total.counter();
    if (!names.contains(counter)) {
      if (names.stream().filter(n -> n.lane() == counter.lane()).count() >= limits.counters()) {
        return Taken.TOO_MANY_COUNTERS;
      }
      names.add(counter);
    }
    Map<String, Long> totals = slots.computeIfAbsent(counter, _ -> new HashMap<>());
    Long old = totals.get(total.slot());
    if (old == null && totals.size() >= limits.slots()) {
      return Taken.TOO_MANY_SLOTS;
    }
    if (old != null && old >= total.total()) {
      if (old == total.total()) {
        pace(total);
      }
      return Taken.YES;
    }
    long rest = sums.getOrDefault(counter, 0L) - (old == null ? 0 : old);
    if (rest > Long.MAX_VALUE - total.total()) {
      return Taken.OVERFLOW;
    }
    sums.put(counter, rest + total.total());
    totals.put(total.slot(), total.total());
    pace(total);
    return Taken.YES;
  }

  private void pace(SlotTotal total) {
    if (total.sampledMicros() >= 0) {
      paces
          .computeIfAbsent(total.counter(), _ -> new HashMap<>())
          .compute(total.slot(), (_, old) -> SlotPace.after(old, total, micros.getAsLong()));
    }
  }

  private void answer() {
    if (cut) {
      throw new ReplicaUnavailableException("cut", new IllegalStateException("by the test"));
    }
  }
}
