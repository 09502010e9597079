package dev.lantern.ordercenter.warm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// One thing that is readied: asked once and timed, then by many at once so that a pool fills, then
/// once more and timed. What is asked has no effect.
///
/// @param atOnce how many ask side by side
/// @param times how often each of them asks
/// @param ask throws RuntimeException while the thing does not answer
public record WarmStep(String name, int atOnce, int times, Runnable ask) {
  private static final int MOST_AT_ONCE = 256;

  public WarmStep {
    if (atOnce < 1 || atOnce > MOST_AT_ONCE || times < 1) {
      throw new IllegalArgumentException("a step asks at least once, 256 at once at most");
    }
  }

  /// What came of it.
  ///
  /// @param problem why the last asking failed
  public record Done(
      String name, int count, Duration first, Duration last, Optional<String> problem) {}

  /// Returns when all have asked, or the limit has passed; what is under way then ends by its own
  /// deadline.
  Done run(Duration limit) {
    AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    long until = System.nanoTime() + limit.toNanos();
    Duration first = timed(problem);
    CountDownLatch asked = new CountDownLatch(atOnce);
    for (int i = 0; i < atOnce; i++) {
      Thread.ofVirtual()
          .name("warm-" + name)
          .start(() -> {
            for (int n = 0; n < times && System.nanoTime() - until < 0; n++) {
              var _ = timed(problem);
            }
            asked.countDown();
          });
    }
    await(asked, until);
    Duration last = timed(problem);
    return new Done(name, atOnce * times + 2, first, last, problem.get());
  }

  private Duration timed(AtomicReference<Optional<String>> problem) {
    long begin = System.nanoTime();
    try {
      ask.run();
      problem.set(Optional.empty());
    } catch (RuntimeException e) {
      problem.set(Optional.of(String.valueOf(e.getMessage())));
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void await(CountDownLatch asked, long until) {
    try {
      var _ = asked.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
