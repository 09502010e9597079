package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.CounterKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Counters that were just asked for and are not there. Before a rain's first booking every client
/// polls a counter that does not exist yet; one question a second is enough for all of them.
///
/// Bounded: when full, nothing more is remembered until what is old has been forgotten.
public final class AbsentCounters {

  private final ConcurrentMap<CounterKey, Instant> until = new ConcurrentHashMap<>();
  private final int limit;
  private final Duration memory;

  public AbsentCounters(int limit, Duration memory) {
    this.limit = limit;
    this.memory = memory;
  }

  public boolean isAbsent(CounterKey counter, Instant now) {
    Instant end = until.get(counter);
    return end != null && now.isBefore(end);
  }

  public void note(CounterKey counter, Instant now) {
    if (until.size() < limit) {
      until.put(counter, now.plus(memory));
    }
  }

  /// Drops what is no longer so. To be called about as often as the memory is long.
  public void forget(Instant now) {
    until.values().removeIf(end -> !now.isBefore(end));
  }
}
