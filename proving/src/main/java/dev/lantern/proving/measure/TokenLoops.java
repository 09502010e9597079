package dev.lantern.proving.measure;

import dev.lantern.bench.LoggedSigning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// Ways to keep signers and verifiers busy.
final class TokenLoops {
  private static final int PATIENCE_S = 30;
  private static final double P99 = 0.99;

  private TokenLoops() {}

  /// One thread, again and again; each call says how many units it did, none being an error.
  static Meter.Done alone(Duration time, IntSupplier work) {
    BooleanSupplier goOn = Load.until(System.nanoTime() + time.toNanos());
    long good = 0;
    long bad = 0;
    while (goOn.getAsBoolean()) {
      int units = work.getAsInt();
      good += units;
      bad += units == 0 ? 1 : 0;
    }
    return new Meter.Done(good, bad);
  }

  /// So many calls under way at a time, the next begun when one has ended.
  static Meter.Done closed(LoggedSigning signing, int callers, int payloads, Duration time) {
    Load.Result result =
        Load.run(
            callers,
            Load.until(System.nanoTime() + time.toNanos()),
            ending -> {
              var _ =
                  signing
                      .sign()
                      .whenComplete((signed, failure) ->
                          ending.ended(
                              failure == null
                                  ? Load.Outcome.good(signed)
                                  : Load.Outcome.bad(payloads, "FAILED")));
            });
    return new Meter.Done(result.good(), result.bad());
  }

  /// Latencies of calls that begin at their intended times, and those that failed.
  ///
  /// @param lateMillis how much later than intended calls began, p99: the measuring thread's own
  ///   share
  record Open(double p99Millis, double lateMillis, long calls, long errors) {}

  /// Calls at a rate, each timed from when it was meant to begin.
  static Open open(LoggedSigning signing, double callsPerSecond, Duration time) {
    long begin = System.nanoTime();
    int most = (int) (callsPerSecond * time.toMillis() / 1_000);
    long[] nanos = new long[most];
    long[] late = new long[most];
    AtomicLong errors = new AtomicLong();
    List<CompletableFuture<?>> all = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      int call = i;
      long due = begin + (long) (i * 1e9 / callsPerSecond);
      LockSupport.parkNanos(due - System.nanoTime());
      late[i] = System.nanoTime() - due;
      all.add(
          signing
              .sign()
              .whenComplete((_, failure) -> {
                nanos[call] = System.nanoTime() - due;
                errors.addAndGet(failure == null ? 0 : 1);
              }));
    }
    await(all);
    return new Open(p99Millis(nanos), p99Millis(late), most, errors.get());
  }

  private static double p99Millis(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[(int) (nanos.length * P99)] / 1e6;
  }

  private static void await(List<CompletableFuture<?>> all) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // Counted.
    } catch (TimeoutException e) {
      throw new IllegalStateException("signing does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
