package dev.lantern.walletapi.wallet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The last answers, with their age; at most so many, the longest unchanged going first.
final class AgingCache<K, V> {
  private final int entriesMax;
  private final LongSupplier nanoTime;
  private final Map<K, Kept<V>> entries = new LinkedHashMap<>();

  private record Kept<V>(V value, long atNanos) {}

  /// An answer and how long ago it was given.
  record Aged<V>(V value, Duration age) {
    boolean within(Duration limit) {
      return age.compareTo(limit) <= 0;
    }
  }

  AgingCache(int entriesMax, LongSupplier nanoTime) {
    this.entriesMax = entriesMax;
    this.nanoTime = nanoTime;
  }

  synchronized Optional<Aged<V>> find(K key) {
    return Optional.ofNullable(entries.get(key))
        .map(kept ->
            new Aged<>(kept.value(), Duration.ofNanos(nanoTime.getAsLong() - kept.atNanos())));
  }

  /// `askedAtNanos`: when the question was asked; an answer is no younger than its question.
  synchronized void put(K key, V value, long askedAtNanos) {
    entries.remove(key);
    if (entries.size() >= entriesMax) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.put(key, new Kept<>(value, askedAtNanos));
  }

  synchronized int size() {
    return entries.size();
  }
}
