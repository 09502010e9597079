package dev.lantern.sdk.counter;

import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counters kept at hand: a read is a read of memory. Each is asked for about once a second, with
/// what was last seen as the least that may be answered, so that it never goes back, whichever
/// instance answers.
///
/// At most [#MOST] counters. Safe for use by many threads; [#poll] is called by one.
public final class CounterReader {
  public static final int MOST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(CounterReader.class);

  /// No figure is moved on for longer than this: beyond it nobody knows the pace any more.
  private static final long MOVED_ON_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final double NANOS = 1e9;

  private final Source source;
  private final LongSupplier nanoTime;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  /// Where counters are asked for; a failure is a [StatusRuntimeException].
  @FunctionalInterface
  public interface Source {
    GetResponse get(GetRequest request);
  }

  /// One counter.
  public final class Counter {
    private final CountDownLatch seen = new CountDownLatch(1);
    private final AtomicLong highest = new AtomicLong();
    private volatile long value;
    private volatile Shown last = new Shown(0, 0, 0, 0);

    private Counter() {}

    /// What was last read; 0 before that. Never less than it said before.
    public long value() {
      return value;
    }

    /// What to show: the server's figure, moved on as it said it rises for as long as it is old,
    /// two seconds at most. Never less than it said before, nor than [#value] did.
    public long shown() {
      long moved = last.after(nanoTime.getAsLong());
      return highest.accumulateAndGet(Math.max(moved, value), Math::max);
    }

    /// Waits for the first figure, so long; whether there is one.
    public boolean await(Duration atMost) throws InterruptedException {
      return seen.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void take(GetResponse response, long now) {
      long before = value;
      value = Math.max(before, response.getValue());
      long figure = Math.max(value, response.getShownValue());
      last = new Shown(figure, now, response.getRise(), response.getRiseChange());
      seen.countDown();
    }
  }

  /// A figure, when it was told, its rise a second, and how that changes.
  private record Shown(long figure, long at, double rise, double change) {

    long after(long now) {
      double seconds = Math.clamp(now - at, 0, MOVED_ON_NANOS) / NANOS;
      double turned = change < 0 ? Math.min(seconds, -rise / change) : seconds;
      double moved = Math.max(0, rise * turned + change * turned * turned / 2);
      return figure + Math.min((long) moved, Long.MAX_VALUE - figure);
    }
  }

  /// @param nanoTime monotonic
  public CounterReader(Source source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /// Over a channel to counter-service.
  public static CounterReader over(Channel channel, Duration deadline, LongSupplier nanoTime) {
    var stub = CounterServiceGrpc.newBlockingStub(channel);
    return new CounterReader(
        request -> stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS).get(request),
        nanoTime);
  }

  /// The counter of this name, asked for from now on; the same one each time. Throws
  /// IllegalStateException for one too many.
  public Counter counter(String name) {
    Counter known = counters.get(name);
    return known == null ? begin(name) : known;
  }

  private synchronized Counter begin(String name) {
    if (counters.size() >= MOST && !counters.containsKey(name)) {
      throw new IllegalStateException("at most " + MOST + " counters are read");
    }
    return counters.computeIfAbsent(name, _ -> new Counter());
  }

  /// Asks for each counter once; called about once a second.
  public void poll() {
    counters.forEach((name, counter) -> {
      GetRequest request =
          GetRequest.newBuilder().setName(name).setAtLeast(counter.value()).build();
      try {
        GetResponse response = source.get(request);
        counter.take(response, nanoTime.getAsLong());
      } catch (StatusRuntimeException failure) {
        if (failure.getStatus().getCode() != Status.Code.NOT_FOUND) {
          LOG.warn("counter {} stays as it was: {}", name, failure.getStatus());
        }
      }
    });
  }
}
