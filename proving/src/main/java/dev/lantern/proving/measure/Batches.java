package dev.lantern.proving.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Operations of nanoseconds, by threads that look at the clock only after many.
final class Batches {
  private static final int BATCH = 10_000;
  private static final double NANOS = 1e9;

  private Batches() {}

  /// Does so many, in a loop of its own: a call for each would be most of what is measured.
  @FunctionalInterface
  interface Batch {
    /// Does them; what it returns depends on each.
    long run(int operations);
  }

  /// Nanoseconds from one operation of a thread to its next, with so many threads at it.
  static double nanosEach(int threads, Duration time, Batch batch) {
    long end = System.nanoTime() + time.toNanos();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(() -> one(end, batch)));
      }
      double sum = 0;
      for (Future<Double> each : all) {
        sum += each.get();
      }
      return sum / threads;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an operation failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static double one(long end, Batch batch) {
    long begun = System.nanoTime();
    long operations = 0;
    long seen = 0;
    long now = begun;
    while (now < end) {
      seen ^= batch.run(BATCH);
      operations += BATCH;
      now = System.nanoTime();
    }
    // What was seen is used, so that nothing may be left out.
    return (double) (now - begun) / operations + (seen == Long.MIN_VALUE + 1 ? 1 / NANOS : 0);
  }
}
