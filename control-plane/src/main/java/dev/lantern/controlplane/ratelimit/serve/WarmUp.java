package dev.lantern.controlplane.ratelimit.serve;

import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Asks itself, through the port, until answers are as quick as they will be.
///
/// A JVM that has just started needs longer than Envoy waits, and a decision that comes too late is
/// a call let through: measured, a fifth to a third too many for a second or two. So it is not
/// ready before it is quick: two windows in a row in which 99 of 100 answers came within so long,
/// without an error. After `limit` it is ready all the same, since a slow limiter is better than
/// none.
public final class WarmUp {
  /// A fifth of what Envoy waits.
  public static final Duration QUICK = Duration.ofMillis(4);

  private static final int WINDOW = 2_000;
  private static final int AT_ONCE = 32;
  private static final int WINDOWS = 2;
  private static final int PAUSE_MS = 20;

  private final Channel self;
  private final Duration quick;
  private final LongSupplier nanos;

  /// @param quick how long 99 of 100 answers may take
  public WarmUp(Channel self, Duration quick, LongSupplier nanos) {
    this.self = self;
    this.quick = quick;
    this.nanos = nanos;
  }

  /// Whether it is quick, after at most so long.
  public boolean run(Duration limit) throws InterruptedException {
    long end = nanos.getAsLong() + limit.toNanos();
    int good = 0;
    while (good < WINDOWS && nanos.getAsLong() - end < 0) {
      var window = new Window(end);
      good = window.run() ? good + 1 : 0;
    }
    return good == WINDOWS;
  }

  private final class Window {
    private final long end;
    private final long[] took = new long[WINDOW];
    private final AtomicInteger errors = new AtomicInteger();
    private final Semaphore free = new Semaphore(AT_ONCE);

    Window(long end) {
      this.end = end;
    }

    boolean run() throws InterruptedException {
      var stub = RateLimitServiceGrpc.newStub(self);
      for (int i = 0; i < WINDOW; i++) {
        free.acquire();
        if (nanos.getAsLong() - end >= 0) {
          return false;
        }
        if (errors.get() > AT_ONCE) {
          // Redis is away: no use asking as fast as possible.
          TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
          return false;
        }
        stub.withDeadlineAfter(2, TimeUnit.SECONDS)
            .shouldRateLimit(request(i), new Timed(i, nanos.getAsLong()));
      }
      free.acquire(AT_ONCE);
      Arrays.sort(took);
      return errors.get() == 0 && took[WINDOW * 99 / 100] <= quick.toNanos();
    }

    private final class Timed implements StreamObserver<RateLimitResponse> {
      private final int place;
      private final long begun;

      Timed(int place, long begun) {
        this.place = place;
        this.begun = begun;
      }

      @Override
      public void onNext(RateLimitResponse answer) {}

      @Override
      public void onError(Throwable failure) {
        errors.incrementAndGet();
        free.release();
      }

      @Override
      public void onCompleted() {
        took[place] = nanos.getAsLong() - begun;
        free.release();
      }
    }
  }

  /// Half of them new keys, half of them one key.
  private static RateLimitRequest request(int number) {
    var descriptor = RateLimitDescriptor.newBuilder();
    if (number % 2 == 0) {
      descriptor.addEntries(entry(Wanted.RULE, ActiveRules.WARM_HOT));
    } else {
      descriptor
          .addEntries(entry(Wanted.RULE, ActiveRules.WARM_COLD))
          .addEntries(entry("user", "warm-" + number));
    }
    return RateLimitRequest.newBuilder()
        .setDomain(Decisions.DOMAIN)
        .addDescriptors(descriptor)
        .build();
  }

  private static RateLimitDescriptor.Entry entry(String key, String value) {
    return RateLimitDescriptor.Entry.newBuilder().setKey(key).setValue(value).build();
  }
}
