package dev.lantern.counterservice.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

  private static final Instant START = Instant.parse("2027-01-01T12:00:00Z");
  private static final Duration HORIZON = Duration.ofSeconds(2);

  @Test
  void lowerValue_fromTheOtherRedis_doesNotLowerTheReading() {
    Reading reading = Reading.first(100, START, Source.A).then(40, START.plusSeconds(1), Source.B);

    assertThat(reading.value()).isEqualTo(100);
    assertThat(reading.source()).isEqualTo(Source.B);
    assertThat(reading.asOf()).isEqualTo(START.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void value_overAnyReadingsInAnyOrder_onlyRises_toTheHighest(long seed) {
    var random = new Random(seed);
    Reading reading = Reading.first(0, START, Source.A);
    long highest = 0;
    for (int i = 0; i < 1_000; i++) {
      long read = random.nextLong(1_000_000);
      Source source = random.nextBoolean() ? Source.A : Source.B;
      Reading next = reading.then(read, START.plusMillis(random.nextLong(100_000)), source);
      highest = Math.max(highest, read);
      assertThat(next.value()).isGreaterThanOrEqualTo(reading.value()).isEqualTo(highest);
      reading = next;
    }
  }

  @Test
  void clockThatWentBack_changesNoRate() {
    Reading reading =
        Reading.first(100, START, Source.A).then(200, START.minusSeconds(5), Source.A);

    assertThat(reading.value()).isEqualTo(200);
    assertThat(reading.perSecond()).isZero();
    assertThat(reading.shown(START.minusSeconds(9), HORIZON)).isEqualTo(200);
  }

  @Test
  void shown_ofASteadyCounter_movesOnAtItsRate() {
    Reading reading = steady(100_000, 100, 50);

    assertThat(reading.perSecond()).isBetween(99.0, 100.0);
    assertThat(reading.shown(reading.asOf().plusMillis(500), HORIZON) - reading.value())
        .isBetween(49L, 50L);
  }

  @Test
  void shown_neverMovesFurtherThanTheHorizon() {
    Reading reading = steady(100_000, 100, 50);

    assertThat(reading.shown(reading.asOf().plusSeconds(3_600), HORIZON))
        .isEqualTo(reading.shown(reading.asOf().plusSeconds(2), HORIZON));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 99, 100, 5_000, 1_000_000_000_000L})
  void shown_isAtMostAHundredthAboveTheValue(long from) {
    Reading reading = steady(from, 1_000_000, 20);

    assertThat(reading.shown(reading.asOf().plusSeconds(2), HORIZON))
        .isBetween(reading.value(), reading.value() + reading.value() / 100);
  }

  @Test
  void shown_ofTheLargestCounter_doesNotOverflow() {
    Reading reading =
        Reading.first(Long.MAX_VALUE - 10, START, Source.A)
            .then(Long.MAX_VALUE, START.plusSeconds(1), Source.A);

    assertThat(reading.shown(START.plusSeconds(3), HORIZON)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shown_ofACounterAtRest_isItsValue() {
    Reading reading = steady(100, 0, 5);

    assertThat(reading.shown(reading.asOf().plusSeconds(1), HORIZON)).isEqualTo(100);
  }

  private static Reading steady(long from, long perSecond, int seconds) {
    Reading reading = Reading.first(from, START, Source.A);
    for (int i = 1; i <= seconds; i++) {
      reading = reading.then(from + i * perSecond, START.plusSeconds(i), Source.A);
    }
    return reading;
  }
}
