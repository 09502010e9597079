package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who watches counters. After each poll everybody who is ready is told what has risen; who is not
/// is told the newest later, so nothing is queued for the slow. Nobody is left without a word for
/// longer than [#SILENCE].
public final class Watchers {

  static final Duration SILENCE = Duration.ofSeconds(10);

  private final CounterBoard board;
  private final InstantSource clock;
  private final int most;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  public Watchers(CounterBoard board, InstantSource clock, int most) {
    this.board = board;
    this.clock = clock;
    this.most = most;
  }

  /// One who watches. Its methods do not wait.
  public interface Listener {
    /// Whether it takes more now.
    boolean isReady();

    /// Whether it has gone.
    boolean isGone();

    /// What has risen since it was last told; may be nothing.
    void tell(List<Risen> risen);
  }

  /// A counter with what to show of it now, and how fast that rises.
  public record Risen(CounterKey counter, Reading reading, long shown, double rise) {}

  /// Tells it what is known, and again after each poll; false when there are as many as there may
  /// be.
  public synchronized boolean add(Set<CounterKey> counters, Listener listener) {
    if (isFull()) {
      return false;
    }
    var watch = new Watch(counters, listener, clock.instant().minus(SILENCE));
    watch.tell();
    watches.add(watch);
    return true;
  }

  /// Whether there are as many as there may be.
  public boolean isFull() {
    return watches.size() >= most;
  }

  public void remove(Listener listener) {
    watches.removeIf(watch -> watch.listener == listener);
  }

  public int count() {
    return watches.size();
  }

  /// The counters that are watched and were never found.
  public Set<CounterKey> missing() {
    Set<CounterKey> missing = new HashSet<>();
    watches.forEach(watch -> missing.addAll(watch.counters));
    missing.removeIf(counter -> board.find(counter).isPresent());
    return missing;
  }

  /// A poll has ended.
  public void tell() {
    watches.removeIf(watch -> watch.listener.isGone());
    watches.forEach(Watch::tell);
  }

  private final class Watch {
    private final Set<CounterKey> counters;
    private final Listener listener;
    private final Map<CounterKey, Reading> told = new HashMap<>();
    private Instant last;

    Watch(Set<CounterKey> counters, Listener listener, Instant last) {
      this.counters = Set.copyOf(counters);
      this.listener = listener;
      this.last = last;
    }

    synchronized void tell() {
      Instant now = clock.instant();
      if (!listener.isReady()) {
        return;
      }
      List<Risen> risen = new ArrayList<>();
      for (CounterKey counter : counters) {
        Optional<Reading> reading = board.find(counter);
        if (reading.isPresent() && isNews(counter, reading.get())) {
          told.put(counter, reading.get());
          long shown = Math.max(reading.get().value(), board.shown(counter, now));
          risen.add(new Risen(counter, reading.get(), shown, board.rise(reading.get(), now)));
        }
      }
      if (!risen.isEmpty() || Duration.between(last, now).compareTo(SILENCE) >= 0) {
        listener.tell(risen);
        last = now;
      }
    }

    private boolean isNews(CounterKey counter, Reading now) {
      Reading then = told.get(counter);
      return then == null
          || then.value() != now.value()
          || then.source() != now.source()
          || !then.told().pace().equals(now.told().pace());
    }
  }
}
