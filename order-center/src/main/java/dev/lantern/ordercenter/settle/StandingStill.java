package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Since when, by this process's own clock, each thing's seq has not moved.
///
/// No clock but our own is read: another machine's time says nothing about whether its process
/// lives. A thing seen for the first time has stood still for no time at all. Not safe for threads.
public final class StandingStill<K> {
  private final Map<K, Seen> seen = new HashMap<>();

  /// Takes note of a thing's seq and says for how long it has stood still.
  public Duration note(K key, long seq, Moment now) {
    Seen last = seen.get(key);
    if (last == null || last.seq != seq) {
      seen.put(key, new Seen(seq, now));
      return Duration.ZERO;
    }
    return Duration.ofNanos(now.monotonicNanos() - last.since.monotonicNanos());
  }

  /// Begins anew for this one; what it will have stood still when it is noted next.
  public Duration forget(K key) {
    seen.remove(key);
    return Duration.ZERO;
  }

  /// Forgets all but these.
  public void keepOnly(Collection<K> keys) {
    seen.keySet().retainAll(keys);
  }

  private record Seen(long seq, Moment since) {}
}
