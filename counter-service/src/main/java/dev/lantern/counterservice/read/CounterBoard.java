package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.Reading;
import dev.lantern.counterservice.counter.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// What was last read of every counter asked for, and the high-water of what was shown. Grows only
/// by counters that exist in Redis, whose number the writers' limit bounds.
///
/// Safe for many threads. What one thread was told of a counter, no thread is told less of later.
public final class CounterBoard {

  private final ConcurrentMap<CounterKey, Cell> cells = new ConcurrentHashMap<>();
  private final Duration horizon;

  /// `horizon`: for how long a pace is trusted without a new reading.
  public CounterBoard(Duration horizon) {
    this.horizon = horizon;
  }

  public Optional<Reading> find(CounterKey counter) {
    return Optional.ofNullable(cells.get(counter)).map(cell -> cell.reading);
  }

  /// Notes what a Redis said; the counter's reading after it.
  public Reading observe(CounterKey counter, Level told, Instant at, Source source) {
    Cell cell = cells.computeIfAbsent(counter, _ -> new Cell(Reading.first(told, at, source)));
    return cell.observe(told, at, source);
  }

  /// What to show of a counter on the board: its value moved on at its rate, never below what was
  /// shown.
  public long shown(CounterKey counter, Instant now) {
    Cell cell = cells.get(counter);
    if (cell == null) {
      throw new IllegalStateException("not on the board: " + counter);
    }
    return cell.shown.accumulateAndGet(cell.reading.shown(now, horizon), Math::max);
  }

  /// How fast that rises at that moment.
  public double rise(Reading reading, Instant now) {
    return reading.rise(now, horizon);
  }

  public List<CounterKey> counters() {
    return List.copyOf(cells.keySet());
  }

  private static final class Cell {
    private final AtomicLong shown = new AtomicLong();
    private volatile Reading reading;

    Cell(Reading first) {
      this.reading = first;
    }

    synchronized Reading observe(Level told, Instant at, Source source) {
      reading = reading.then(told, at, source);
      return reading;
    }
  }
}
