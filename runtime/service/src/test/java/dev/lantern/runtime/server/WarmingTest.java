package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WarmingTest {
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void everything_isAskedUntilItAnswers() {
    var warming = new Warming(Duration.ofSeconds(20));
    warming.add("cold", this::answersTheThirdTime);
    warming.add("warm", () -> {});
    warming.run();
    assertThat(asked).hasValue(3);
  }

  @Test
  void neitherSilence_norRefusal_holdsUpTheStart() {
    var silent = new CountDownLatch(1);
    var warming = new Warming(Duration.ofMillis(200));
    warming.add("silent", () -> await(silent));
    warming.add(
        "refusing",
        () -> {
          asked.incrementAndGet();
          throw new IllegalStateException("down");
        });
    warming.run();
    assertThat(silent.getCount()).isOne();
    assertThat(asked).hasPositiveValue();
    silent.countDown();
  }

  @Test
  void nothingToWarm_takesNoTime() {
    new Warming(Duration.ofDays(1)).run();
  }

  private void answersTheThirdTime() {
    if (asked.incrementAndGet() < 3) {
      throw new IllegalStateException("cold");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
