package dev.lantern.proving.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Takes units for a time; a take that got none is counted as bad.
final class Takes {
  private static final long SECOND_NANOS = 1_000_000_000;

  private Takes() {}

  /// So many callers, each begins the next take when it has ended the last.
  static Meter.Done asFastAsCan(int callers, Duration time, BooleanSupplier take) {
    BooleanSupplier goOn = Load.until(System.nanoTime() + time.toNanos());
    var good = new LongAdder();
    var bad = new LongAdder();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(pool.submit(() -> one(goOn, take, good, bad)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a take failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Meter.Done(good.sum(), bad.sum());
  }

  private static void one(
      BooleanSupplier goOn, BooleanSupplier take, LongAdder good, LongAdder bad) {
    long mine = 0;
    while (goOn.getAsBoolean()) {
      if (take.getAsBoolean()) {
        mine++;
      } else {
        bad.increment();
      }
    }
    good.add(mine);
  }

  /// One caller, at a rate: each take begins at its intended time, or at once when that is over.
  static Meter.Done paced(long perSecond, Duration time, BooleanSupplier take) {
    long begin = System.nanoTime();
    long most = perSecond * time.toMillis() / 1_000;
    long bad = 0;
    for (long i = 0; i < most; i++) {
      LockSupport.parkNanos(begin + i * SECOND_NANOS / perSecond - System.nanoTime());
      if (!take.getAsBoolean()) {
        bad++;
      }
    }
    return new Meter.Done(most - bad, bad);
  }
}
