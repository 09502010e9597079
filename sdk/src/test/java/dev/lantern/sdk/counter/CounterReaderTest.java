package dev.lantern.sdk.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class CounterReaderTest {
  private static final String NAME = "spring-demo.opened";

  private long now;
  private long value = -1;
  private boolean away;
  private long leastAsked = -1;
  private double rise;
  private double riseChange;
  private final CounterReader reader = new CounterReader(this::get, () -> now);

  private GetResponse get(GetRequest request) {
    leastAsked = request.getAtLeast();
    if (away) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    if (value < 0) {
      throw Status.NOT_FOUND.asRuntimeException();
    }
    return GetResponse.newBuilder()
        .setValue(value)
        .setShownValue(value)
        .setRise(rise)
        .setRiseChange(riseChange)
        .build();
  }

  @Test
  void firstFigure_isWaitedFor_withinABound() throws InterruptedException {
    CounterReader.Counter counter = reader.counter(NAME);
    reader.poll();
    assertThat(counter.await(Duration.ZERO)).isFalse();
    value = 5;
    reader.poll();
    assertThat(counter.await(Duration.ZERO)).isTrue();
    assertThat(counter.value()).isEqualTo(5);
    assertThat(reader.counter(NAME)).isSameAs(counter);
  }

  @Test
  void value_neverGoesBack_whicheverInstanceAnswers_andAsksForWhatItHasSeen() {
    CounterReader.Counter counter = reader.counter(NAME);
    value = 100;
    reader.poll();
    value = 60;
    reader.poll();
    assertThat(leastAsked).isEqualTo(100);
    assertThat(counter.value()).isEqualTo(100);
    away = true;
    reader.poll();
    assertThat(counter.value()).isEqualTo(100);
  }

  @Test
  void shown_followsASteadyPace_andStopsTwoSecondsAfterTheLastFigure() {
    CounterReader.Counter counter = reader.counter(NAME);
    rise = 1_000;
    for (int second = 0; second <= 5; second++) {
      value = 1_000L * second;
      reader.poll();
      now += Duration.ofSeconds(1).toNanos();
    }
    now -= Duration.ofMillis(500).toNanos();
    assertThat(counter.shown()).isBetween(5_499L, 5_501L);
    now += Duration.ofMinutes(1).toNanos();
    assertThat(counter.shown()).isBetween(6_999L, 7_001L);
  }

  @Test
  void shown_ofARiseThatFalls_staysWhereItWouldTurn() {
    CounterReader.Counter counter = reader.counter(NAME);
    value = 100;
    rise = 10;
    riseChange = -10;
    reader.poll();
    now += Duration.ofMillis(500).toNanos();
    assertThat(counter.shown()).isEqualTo(103);
    now += Duration.ofSeconds(1).toNanos();
    assertThat(counter.shown()).isEqualTo(105);
  }

  @Test
  void shown_isNeverUnderTheValueReadBefore_whilePollsGoOn() throws Exception {
    CounterReader.Counter counter = reader.counter(NAME);
    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<?> polls =
          threads.submit(() -> {
            for (int i = 0; i < 100_000; i++) {
              value += 1_000;
              reader.poll();
            }
          });
      while (!polls.isDone()) {
        long read = counter.value();
        assertThat(counter.shown()).isGreaterThanOrEqualTo(read);
      }
      polls.get();
    }
  }

  @Test
  void shown_neverGoesBack_howeverUnevenTheTruth() {
    SplittableRandom random = new SplittableRandom(3);
    CounterReader.Counter counter = reader.counter(NAME);
    value = 0;
    long before = 0;
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(10) == 0) {
        value += random.nextInt(3) == 0 ? random.nextInt(10_000) : 0;
        away = random.nextInt(4) == 0;
        rise = random.nextInt(20_000);
        riseChange = random.nextInt(-9_000, 9_000);
        reader.poll();
      }
      now += random.nextInt(200_000_000);
      long shown = counter.shown();
      assertThat(shown).isGreaterThanOrEqualTo(before);
      before = shown;
    }
  }

  @Test
  void counters_areBounded() {
    for (int i = 0; i < CounterReader.MOST; i++) {
      assertThat(reader.counter("a" + i + ".b").value()).isZero();
    }
    assertThatThrownBy(() -> reader.counter("one-more.b"))
        .isInstanceOf(IllegalStateException.class);
  }
}
