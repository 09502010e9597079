package dev.lantern.counterservice.read;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.Reading;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Answers readers from the board.
///
/// The first read of a counter asks both Redis and takes the higher sum: both are lower bounds, and
/// a process that has just started has no high-water of its own to hold against one that came back
/// empty. How many may do so at once, and how many may wait for data or `at_least`, is bounded.
public final class CounterReader {

  /// Past this many polls a value that has not come up will not soon.
  private static final int POLLS_WAITED = 2;

  private final Replicas replicas;
  private final CounterBoard board;
  private final PollSignal signal;
  private final AbsentCounters absent;
  private final InstantSource clock;
  private final Semaphore firstReads;
  private final Semaphore waiters;
  private final int mostWaiters;

  public CounterReader(
      Replicas replicas,
      CounterBoard board,
      PollSignal signal,
      AbsentCounters absent,
      InstantSource clock,
      ReadBounds bounds) {
    this.replicas = replicas;
    this.board = board;
    this.signal = signal;
    this.absent = absent;
    this.clock = clock;
    this.firstReads = new Semaphore(bounds.firstReads());
    this.waiters = new Semaphore(bounds.waiters());
    this.mostWaiters = bounds.waiters();
  }

  /// How many readers may ask Redis, and how many may wait, at once.
  public record ReadBounds(int firstReads, int waiters) {}

  /// How many readers wait for a value to come up.
  public int waiting() {
    return mostWaiters - waiters.availablePermits();
  }

  /// The counter, not under `atLeast`; waits for it no longer than `patience` and two polls.
  public Found get(CounterKey counter, long atLeast, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    Optional<Reading> known = board.find(counter);
    if (known.isEmpty()) {
      Found first = firstRead(counter, until);
      if (first instanceof Found.Nothing && atLeast > 0) {
        // Somebody was told of it: both Redis lack it for now, or were asked a moment too early.
        return new Found.Behind();
      }
      if (!(first instanceof Found.Value value) || value.reading().value() >= atLeast) {
        return first;
      }
    } else if (known.get().value() >= atLeast) {
      return value(counter, known.get());
    }
    return await(counter, atLeast, until);
  }

  /// Waits for data while no Redis can be asked: a process that has just started is not connected
  /// yet, and nobody has to hear of that who can wait a poll or two.
  private Found firstRead(CounterKey counter, long until) {
    long seen = signal.polls();
    Found first = firstLook(counter, until);
    if (!(first instanceof Found.Unreachable) || !waiters.tryAcquire()) {
      return first;
    }
    try {
      for (int poll = 0; poll < POLLS_WAITED && first instanceof Found.Unreachable; poll++) {
        if (!signal.awaitBeyond(seen + poll, until - System.nanoTime())) {
          return first;
        }
        first = firstLook(counter, until);
      }
      return first;
    } finally {
      waiters.release();
    }
  }

  private Found firstLook(CounterKey counter, long until) {
    if (absent.isAbsent(counter, clock.instant())) {
      return new Found.Nothing();
    }
    try {
      long left = Math.max(0, until - System.nanoTime());
      if (!firstReads.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        return new Found.Crowded();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Found.Crowded();
    }
    try {
      // Somebody else may have read it while we waited our turn.
      Optional<Reading> known = board.find(counter);
      return known.isPresent() ? value(counter, known.get()) : askBoth(counter);
    } finally {
      firstReads.release();
    }
  }

  private Found askBoth(CounterKey counter) {
    if (absent.isAbsent(counter, clock.instant())) {
      return new Found.Nothing();
    }
    int answered = 0;
    Optional<Level> best = Optional.empty();
    Source source = Source.A;
    for (WatchedReplica replica : replicas.both()) {
      Optional<Map<CounterKey, Level>> levels = levels(replica, counter);
      answered += levels.isPresent() ? 1 : 0;
      Optional<Level> level = levels.map(found -> found.get(counter));
      if (level.isPresent() && (best.isEmpty() || level.get().sum() > best.get().sum())) {
        best = level;
        source = replica.source();
      }
    }
    if (best.isPresent()) {
      return value(counter, board.observe(counter, best.get(), clock.instant(), source));
    }
    if (answered < replicas.both().size()) {
      return new Found.Unreachable();
    }
    absent.note(counter, clock.instant());
    return new Found.Nothing();
  }

  private static Optional<Map<CounterKey, Level>> levels(
      WatchedReplica replica, CounterKey counter) {
    if (!replica.isReachable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(replica.levels(List.of(counter)));
    } catch (ReplicaUnavailableException _) {
      return Optional.empty();
    }
  }

  private Found await(CounterKey counter, long atLeast, long until) {
    if (!waiters.tryAcquire()) {
      return new Found.Crowded();
    }
    try {
      long seen = signal.polls();
      for (int poll = 0; poll < POLLS_WAITED; poll++) {
        Optional<Reading> reading = board.find(counter);
        if (reading.isPresent() && reading.get().value() >= atLeast) {
          return value(counter, reading.get());
        }
        if (!signal.awaitBeyond(seen + poll, until - System.nanoTime())) {
          return new Found.Behind();
        }
      }
      return board
          .find(counter)
          .filter(reading -> reading.value() >= atLeast)
          .<Found>map(reading -> value(counter, reading))
          .orElseGet(Found.Behind::new);
    } finally {
      waiters.release();
    }
  }

  private Found.Value value(CounterKey counter, Reading reading) {
    // Shown first moves on from the same reading or a newer one, and is never less than the value
    // told.
    Instant now = clock.instant();
    return new Found.Value(
        reading, Math.max(reading.value(), board.shown(counter, now)), board.rise(reading, now));
  }
}
