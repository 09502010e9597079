package dev.lantern.simulation.counting;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.replica.CounterReplica;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One of the two Redis that keep counters. It remembers how to undo what was written lately, for a
/// server that comes back without it.
public final class CounterRedis implements CounterReplica {
  private static final Duration OLDEST = Duration.ofSeconds(15);
  private static final long NANOS_A_MICRO = 1_000;

  private final Map<CounterKey, Shelf> shelves = new LinkedHashMap<>();
  private final Set<CounterKey> names = new LinkedHashSet<>();
  private final LongSupplier nanos;
  private final Deque<Undo> undo = new ArrayDeque<>();
  private Choice choice = Choice.NONE;
  private int lives = 1;
  private boolean comparing = true;
  private long slotsLast = Long.MAX_VALUE;

  /// What is kept of one counter.
  private static final class Shelf {
    private final TreeMap<String, Long> slots = new TreeMap<>();
    private final Map<String, Long> touched = new LinkedHashMap<>();
    private final Map<String, SlotPace> paces = new LinkedHashMap<>();
    private long sum;
  }

  private record Undo(long at, Runnable step) {}

  /// @param nanos its clock
  public CounterRedis(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// A script that sets a slot to whatever comes.
  void compareNothing() {
    comparing = false;
  }

  /// Slots go when nobody has raised them for so long.
  void forgetSlotsAfter(Duration time) {
    slotsLast = time.toNanos();
  }

  /// It restarts without any data.
  void loseAll() {
    shelves.clear();
    names.clear();
    undo.clear();
    choice = Choice.NONE;
    lives++;
  }

  /// A server takes over, or comes back, that lacks what was written last.
  void loseLast(Duration lacked) {
    while (!undo.isEmpty() && undo.getLast().at >= nanos.getAsLong() - lacked.toNanos()) {
      undo.removeLast().step.run();
    }
    undo.clear();
    lives++;
  }

  /// The shard that keeps this counter loses it; the server that is asked for its run is another.
  void loseShard(CounterKey counter) {
    shelves.remove(counter);
    undo.clear();
  }

  /// Whether it has all that the other one has.
  boolean covers(CounterRedis other) {
    return other.shelves.entrySet().stream()
        .allMatch(shelf ->
            shelf.getValue().slots.entrySet().stream()
                .allMatch(slot -> slot(shelf.getKey(), slot.getKey()) >= slot.getValue()));
  }

  /// A slot's total; -1 if it is not there.
  long slot(CounterKey counter, String slot) {
    Shelf shelf = shelves.get(counter);
    return shelf == null ? -1 : shelf.slots.getOrDefault(slot, -1L);
  }

  long sum(CounterKey counter) {
    Shelf shelf = shelves.get(counter);
    return shelf == null ? 0 : shelf.sum;
  }

  @Override
  public List<Taken> raise(List<SlotTotal> totals, Limits limits) {
    List<Taken> taken = new ArrayList<>();
    for (SlotTotal total : totals) {
      taken.add(raise(total, limits));
    }
    return taken;
  }

  @Override
  public Map<CounterKey, Level> levels(List<CounterKey> counters) {
    Map<CounterKey, Level> found = new LinkedHashMap<>();
    for (CounterKey counter : counters) {
      Shelf shelf = shelves.get(counter);
      if (shelf != null) {
        found.put(counter, new Level(shelf.sum, SlotPace.all(shelf.paces.values(), micros())));
      }
    }
    return found;
  }

  @Override
  public Choice choice(Choice offered) {
    choice = choice.or(offered);
    return choice;
  }

  @Override
  public Set<CounterKey> counters(int lane) {
    Set<CounterKey> found = new LinkedHashSet<>(names);
    found.removeIf(counter -> counter.lane() != lane);
    return found;
  }

  @Override
  public void clear(int lane) {
    names.removeIf(counter -> counter.lane() == lane);
    shelves.keySet().removeIf(counter -> counter.lane() == lane);
  }

  @Override
  public Map<CounterKey, Map<String, Long>> slots(List<CounterKey> counters) {
    Map<CounterKey, Map<String, Long>> found = new LinkedHashMap<>();
    for (CounterKey counter : counters) {
      Shelf shelf = shelves.get(counter);
      if (shelf != null) {
        found.put(counter, new TreeMap<>(shelf.slots));
      }
    }
    return found;
  }

  @Override
  public String runId() {
    return "run-" + lives;
  }

  private Taken raise(SlotTotal told, Limits limits) {
    CounterKey counter = told.counter();
    if (!names.contains(counter)) {
      if (counters(counter.lane()).size() >= limits.counters()) {
        return Taken.TOO_MANY_COUNTERS;
      }
      names.add(counter);
    }
    Shelf shelf = shelves.getOrDefault(counter, new Shelf());
    @Nullable Long old = known(shelf, told.slot());
    if (old == null && shelf.slots.size() >= limits.slots()) {
      return Taken.TOO_MANY_SLOTS;
    }
    if (old != null && old >= told.total() && comparing) {
      if (old == told.total()) {
        pace(shelf, told);
      }
      return Taken.YES;
    }
    long rest = shelf.sum - (old == null ? 0 : old);
    if (rest > Long.MAX_VALUE - told.total()) {
      return Taken.OVERFLOW;
    }
    shelves.put(counter, shelf);
    put(shelf, told, rest + told.total());
    return Taken.YES;
  }

  private @Nullable Long known(Shelf shelf, String slot) {
    long touched = shelf.touched.getOrDefault(slot, 0L);
    return nanos.getAsLong() - touched > slotsLast ? null : shelf.slots.get(slot);
  }

  private void put(Shelf shelf, SlotTotal told, long sum) {
    @Nullable Long oldSlot = shelf.slots.get(told.slot());
    long oldSum = shelf.sum;
    remember(() -> undo(told, oldSlot, oldSum));
    shelf.slots.put(told.slot(), told.total());
    shelf.sum = sum;
    shelf.touched.put(told.slot(), nanos.getAsLong());
    pace(shelf, told);
  }

  private void undo(SlotTotal told, @Nullable Long oldSlot, long oldSum) {
    Shelf shelf = shelves.getOrDefault(told.counter(), new Shelf());
    if (oldSlot == null) {
      shelf.slots.remove(told.slot());
    } else {
      shelf.slots.put(told.slot(), oldSlot);
    }
    shelf.sum = oldSum;
    shelf.paces.clear();
    if (shelf.slots.isEmpty()) {
      shelves.remove(told.counter());
    }
  }

  private void pace(Shelf shelf, SlotTotal told) {
    if (told.sampledMicros() != SlotTotal.LONG_AGO) {
      shelf.paces.compute(told.slot(), (_, old) -> SlotPace.after(old, told, micros()));
    }
  }

  private void remember(Runnable step) {
    long now = nanos.getAsLong();
    while (!undo.isEmpty() && undo.getFirst().at < now - OLDEST.toNanos()) {
      undo.removeFirst();
    }
    undo.addLast(new Undo(now, step));
  }

  private long micros() {
    return nanos.getAsLong() / NANOS_A_MICRO;
  }
}
