package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// Stops calling a downstream that does not answer: open when half of at least [#LEAST] calls of
/// the last ten seconds were not heard of, for five seconds; then [#PROBES] probes decide.
///
/// It delays and never decides anything about a grant: a row that is not asked for stays due.
final class CallBreaker {
  static final int LEAST = 10;
  static final int PROBES = 3;
  static final Duration OPEN_FOR = Duration.ofSeconds(5);
  private static final int WINDOW_SECONDS = 10;
  private static final float HALF = 50;

  private final CircuitBreaker breaker;

  CallBreaker(String downstream, Clock clock) {
    this.breaker =
        CircuitBreaker.of(
            downstream,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.TIME_BASED)
                .slidingWindowSize(WINDOW_SECONDS)
                .minimumNumberOfCalls(LEAST)
                .failureRateThreshold(HALF)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .clock(new Wall(clock))
                .currentTimestampFunction(_ -> clock.now().monotonicNanos(), TimeUnit.NANOSECONDS)
                .build());
  }

  /// Whether a call may be made; then [#heard], [#unheard] or [#release] must follow.
  boolean tryAcquire() {
    return breaker.tryAcquirePermission();
  }

  /// The call was not made after all.
  void release() {
    breaker.releasePermission();
  }

  /// The downstream answered, whatever it said.
  void heard(Duration took) {
    breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Nothing was heard, or nothing that tells anything.
  void unheard(Duration took) {
    breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new Unheard());
  }

  /// 0 closed, 1 half open, 2 open.
  long level() {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> 0;
      case HALF_OPEN -> 1;
      case OPEN, FORCED_OPEN -> 2;
    };
  }

  private static final class Unheard extends Exception {
    private static final long serialVersionUID = 1L;

    Unheard() {
      super(null, null, false, false);
    }
  }

  /// Our clock as the library wants it.
  private static final class Wall extends java.time.Clock {
    private final Clock clock;

    Wall(Clock clock) {
      this.clock = clock;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return clock.now().wall();
    }
  }
}
