package dev.lantern.counterservice.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

  private static final Instant START = Instant.parse("2027-01-01T12:00:00Z");
  private static final Duration HORIZON = Duration.ofSeconds(2);

  @Test
  void lowerValue_fromTheOtherRedis_doesNotLowerTheReading() {
    Reading reading =
        Reading.first(Level.of(100), START, Source.A)
            .then(Level.of(40), START.plusSeconds(1), Source.B);

    assertThat(reading.value()).isEqualTo(100);
    assertThat(reading.source()).isEqualTo(Source.B);
    assertThat(reading.asOf()).isEqualTo(START.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void value_overAnyReadingsInAnyOrder_onlyRises_toTheHighest(long seed) {
    var random = new Random(seed);
    Reading reading = Reading.first(Level.of(0), START, Source.A);
    long highest = 0;
    for (int i = 0; i < 1_000; i++) {
      long read = random.nextLong(1_000_000);
      Source source = random.nextBoolean() ? Source.A : Source.B;
      Instant at = START.plusMillis(random.nextLong(100_000));
      Reading next = reading.then(Level.of(read), at, source);
      highest = Math.max(highest, read);
      assertThat(next.value()).isGreaterThanOrEqualTo(reading.value()).isEqualTo(highest);
      reading = next;
    }
  }

  @Test
  void clockThatWentBack_changesNoPace() {
    Reading reading =
        Reading.first(Level.of(100), START, Source.A)
            .then(new Level(200, new Pace(7, 7, 7)), START.minusSeconds(5), Source.A);

    assertThat(reading.value()).isEqualTo(200);
    assertThat(reading.told().pace()).isEqualTo(Pace.NONE);
    assertThat(reading.shown(START.minusSeconds(9), HORIZON)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"0, 1040", "500, 1090", "2000, 1240", "3600000, 1240"})
  void shown_movesOnAtItsPace_asFarAsTheHorizon(long millis, long shown) {
    Reading reading = reading(1_000, new Pace(40, 100, 0));

    assertThat(reading.shown(START.plusMillis(millis), HORIZON)).isEqualTo(shown);
  }

  /// Whoever moves a figure on that is old already would else be behind by what the rate has grown.
  @ParameterizedTest
  @CsvSource({"0, 100", "500, 150", "1000, 200", "3600000, 300"})
  void rise_isOfTheMomentItIsTold_asFarAsTheHorizon(long millis, double rise) {
    Reading reading = reading(1_000, new Pace(40, 100, 100));

    assertThat(reading.rise(START.plusMillis(millis), HORIZON)).isEqualTo(rise);
  }

  @Test
  void rise_ofAFallingPace_isNeverBelowZero() {
    Reading reading = reading(1_000, new Pace(0, 100, -100));

    assertThat(reading.rise(START.plusSeconds(2), HORIZON)).isZero();
  }

  @Test
  void shown_ofAFallingPace_stopsWhereItWouldTurn() {
    Reading reading = reading(1_000, new Pace(0, 100, -100));

    assertThat(reading.shown(START.plusSeconds(1), HORIZON)).isEqualTo(1_050);
    assertThat(reading.shown(START.plusSeconds(2), HORIZON)).isEqualTo(1_050);
  }

  @Test
  void shown_fromARedisThatIsBehind_isNotUnderTheValue() {
    Reading reading =
        Reading.first(Level.of(500), START, Source.A)
            .then(new Level(100, new Pace(10, 0, 0)), START.plusSeconds(1), Source.B);

    assertThat(reading.shown(START.plusSeconds(2), HORIZON)).isEqualTo(500);
  }

  @Test
  void shown_ofTheLargestCounter_doesNotOverflow() {
    Reading reading = reading(Long.MAX_VALUE - 3, new Pace(1e18, 1e18, 1e18));

    assertThat(reading.shown(START.plusSeconds(3), HORIZON)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shown_ofACounterAtRest_isItsValue() {
    assertThat(reading(100, Pace.NONE).shown(START.plusSeconds(1), HORIZON)).isEqualTo(100);
  }

  private static Reading reading(long sum, Pace pace) {
    return Reading.first(new Level(sum, pace), START, Source.A);
  }
}
