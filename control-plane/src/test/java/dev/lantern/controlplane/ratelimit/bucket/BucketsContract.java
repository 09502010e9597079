package dev.lantern.controlplane.ratelimit.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Buckets.BucketsUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every store of counts promises; run over the memory one and a real Redis.
abstract class BucketsContract {
  /// Five an hour, all at once: nothing drains while a test runs.
  private static final Meter SLOW = anHour(5);

  private static final Duration LONG = Duration.ofSeconds(10);

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Lane lane = new Lane("limiter-" + run, 0);
  private long number;

  abstract Buckets buckets();

  @Test
  void emptyBucket_givesItsBurst() {
    assertThat(take("a", 7, 1).hits()).isEqualTo(5);
    assertThat(take("a", 1, 1).hits()).isZero();
  }

  @Test
  void lessThanTheLeast_isNotTaken() {
    var _ = take("a", 2, 2);

    assertThat(take("a", 4, 4).hits()).isZero();
    assertThat(take("a", 3, 3).hits()).isEqualTo(3);
  }

  @Test
  void refusal_tellsWhatIsInIt() {
    var _ = take("a", 5, 5);

    long level = take("a", 1, 1).level();

    assertThat(SLOW.room(level)).isZero();
    assertThat(SLOW.waitMicros(level, 1))
        .isBetween(
            Duration.ofMinutes(11).toNanos() / 1000, Duration.ofMinutes(12).toNanos() / 1000);
  }

  @Test
  void sameRequestAgain_isAnsweredTheSame_andTakesNothing() {
    List<Ask> asks = List.of(ask("a", SLOW, 2, 0));
    List<Given> first = buckets().take(lane, 1, asks, LONG);

    assertThat(buckets().take(lane, 1, asks, LONG)).isEqualTo(first);
    assertThat(buckets().take(lane, 2, List.of(ask("a", SLOW, 9, 0)), LONG).getFirst().hits())
        .isEqualTo(3);
  }

  @Test
  void requestAfterALaterOne_doesNothing() {
    var _ = buckets().take(lane, 2, List.of(ask("a", SLOW, 1, 0)), LONG);

    assertThatThrownBy(() -> buckets().take(lane, 1, List.of(ask("a", SLOW, 0, 1)), LONG))
        .isInstanceOf(BucketsUnavailableException.class);
    assertThat(buckets().take(lane, 3, List.of(ask("a", SLOW, 9, 0)), LONG).getFirst().hits())
        .isEqualTo(4);
  }

  @Test
  void lanes_doNotKnowEachOthersNumbers() {
    var other = new Lane(lane.limiter(), 1);
    var _ = buckets().take(lane, 7, List.of(ask("a", SLOW, 1, 0)), LONG);
    var _ = buckets().take(other, 7, List.of(ask("a", SLOW, 1, 0)), LONG);

    assertThat(buckets().take(lane, 8, List.of(ask("a", SLOW, 9, 0)), LONG).getFirst().hits())
        .isEqualTo(3);
  }

  @Test
  void whatIsGivenBack_canBeTakenAgain_andNoMore() {
    var _ = take("a", 4, 1);
    var _ = buckets().take(lane, ++number, List.of(ask("a", SLOW, 0, 100)), LONG);

    assertThat(take("a", 9, 1).hits()).isEqualTo(5);
  }

  @Test
  void editedRate_keepsTheHitsThatWereCounted() {
    var _ = take("a", 3, 3);

    assertThat(take("a", anHour(9), 9).hits()).isEqualTo(6);
  }

  @Test
  void loweredRate_isWaitedForByItsOwnMeasure() {
    var _ = take("a", anHour(1_000), 1_000);

    Given given = take("a", SLOW, 1);

    assertThat(given.hits()).isZero();
    assertThat(SLOW.waitMicros(given.level(), 1))
        .isLessThanOrEqualTo(Duration.ofMinutes(12).toNanos() / 1_000);
  }

  @Test
  void loweredRate_opensWithinASecondOrTwo() {
    Meter lowered = aSecond(100);
    var _ = take("a", aSecond(120_000), 12_000);
    long begun = micros();
    while (take("a", lowered, 1).hits() == 0) {
      pass(Duration.ofMillis(1));
      assertThat(micros() - begun).isLessThan(3_000_000);
    }
  }

  /// A limiter that is out of touch still runs the old revision.
  @Test
  void twoRevisionsTogether_letThroughNoMoreThanTheLaxerAlone() {
    Meter lax = anHour(1_000);
    var _ = take("a", lax, 1_000);
    for (int i = 0; i < 20; i++) {
      assertThat(take("a", SLOW, 1).hits()).isZero();
      assertThat(take("a", lax, 1_000).hits()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void slowedRate_countsForAsLongAsItSays() {
    Meter quick =
        Meter.of(new Rate(1_000, Duration.ofSeconds(1)), Duration.ofMillis(5), Duration.ZERO);
    var _ = take("a", quick, 5);
    var _ = take("a", SLOW, 1);
    long begun = micros();
    while (micros() - begun < 1_300_000) {
      pass(Duration.ofMillis(1));
    }
    assertThat(take("a", SLOW, 1).hits()).isZero();
  }

  @Test
  void keysOfOneRequest_areCountedApart_andAnsweredInOrder() {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      asks.add(ask("k" + i, SLOW, i % 8, 0));
    }
    List<Given> given = buckets().take(lane, 1, asks, LONG);

    assertThat(given.stream().map(Given::hits))
        .containsExactlyElementsOf(asks.stream().map(one -> Math.min(5, one.want())).toList());
  }

  @Test
  void aSecondsWorth_isThereAgainAfterASecond() {
    Meter quick =
        Meter.of(new Rate(10_000, Duration.ofSeconds(1)), Duration.ofMillis(10), Duration.ZERO);
    var _ = buckets().take(lane, 1, List.of(ask("a", quick, 100, 0)), LONG);
    long taken = 0;
    long request = 1;
    long end = System.nanoTime() + LONG.toNanos();
    while (taken < 10_000 && System.nanoTime() < end) {
      pass(Duration.ofMillis(1));
      taken +=
          buckets().take(lane, ++request, List.of(ask("a", quick, 100, 0)), LONG).getFirst().hits();
    }
    assertThat(taken).isGreaterThanOrEqualTo(10_000);
  }

  /// By a clock that runs like the store's.
  long micros() {
    return System.nanoTime() / 1_000;
  }

  /// Lets so much time pass where time is the test's.
  void pass(Duration time) {
    Thread.onSpinWait();
  }

  private Given take(String key, long want, long least) {
    return buckets()
        .take(lane, ++number, List.of(new Ask(run + key, SLOW, want, least, 0)), LONG)
        .getFirst();
  }

  /// So many an hour, all at once.
  private static Meter anHour(long count) {
    return Meter.of(new Rate(count, Duration.ofHours(1)), Duration.ofHours(1), Duration.ZERO);
  }

  /// So many a second, a tenth of them at once.
  private static Meter aSecond(long count) {
    return Meter.of(new Rate(count, Duration.ofSeconds(1)), Duration.ofMillis(100), Duration.ZERO);
  }

  private Given take(String key, Meter meter, long want) {
    return buckets().take(lane, ++number, List.of(ask(key, meter, want, 0)), LONG).getFirst();
  }

  private Ask ask(String key, Meter meter, long want, long back) {
    return new Ask(run + key, meter, want, Math.min(1, want), back);
  }
}
