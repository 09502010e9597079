package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.SlotTotal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One Redis' counters. Every call ends within the replica's own deadline; when it cannot be
/// answered it throws [ReplicaUnavailableException], and a change may then have happened or not:
/// repeat it.
public interface CounterReplica {

  /// Raises each slot to its total if that is more, and the counter's sum by the difference. What
  /// was sampled lately also tells the slot's pace, even if its total is the same.
  ///
  /// @return what became of each total, in order
  List<Taken> raise(List<SlotTotal> totals, Limits limits);

  /// The sum of each of these counters that this Redis knows, and how it moves on.
  Map<CounterKey, Level> levels(List<CounterKey> counters);

  /// Their sums alone.
  default Map<CounterKey, Long> sums(List<CounterKey> counters) {
    return levels(counters).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, level -> level.getValue().sum()));
  }

  /// Keeps this choice if it is the newer one; the one that holds.
  Choice choice(Choice offered);

  /// The counters of a lane.
  Set<CounterKey> counters(int lane);

  /// Deletes every counter of a lane, with its slots and its name.
  void clear(int lane);

  /// The slots of each of these counters that this Redis knows.
  Map<CounterKey, Map<String, Long>> slots(List<CounterKey> counters);

  /// Which run of the server answers: another one may have lost what this one held.
  String runId();

  /// What became of one total.
  enum Taken {
    /// The slot holds at least this total now.
    YES,
    /// The lane has as many counters as it may.
    TOO_MANY_COUNTERS,
    /// The counter has as many slots as it may.
    TOO_MANY_SLOTS,
    /// The sum would pass what 64 bits hold.
    OVERFLOW
  }

  /// How many counters a lane, and slots a counter, may have.
  record Limits(int counters, int slots) {

    public Limits {
      if (counters < 1 || slots < 1) {
        throw new IllegalArgumentException("limits are at least 1");
      }
    }

    /// For repair, which only copies what one Redis has taken already.
    public static Limits none() {
      return new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
  }
}
