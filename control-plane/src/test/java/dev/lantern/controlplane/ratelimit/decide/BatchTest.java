package dev.lantern.controlplane.ratelimit.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final long MILLI = 1_000_000;
  private static final long BUDGET = 15 * MILLI;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Meter EXACT =
      Meter.of(new Rate(100, SECOND), Duration.ofMillis(100), Duration.ZERO);
  private static final Meter LEASED =
      Meter.of(new Rate(2_000, SECOND), Duration.ofMillis(100), Duration.ofMillis(50));

  private final List<Holding> queue = new ArrayList<>();
  private final List<Verdict> told = new ArrayList<>();

  private Holding called(String key, Meter meter, long atNanos) {
    var holding = new Holding(key, meter, queue::add, atNanos);
    assertThat(holding.take(1, atNanos, atNanos, told::add)).isNull();
    return holding;
  }

  @Test
  void callThatWaitedTooLong_isToldSo_andTakesNobodyAlong() {
    Holding old = called("old", EXACT, 0);
    Holding fresh = called("fresh", EXACT, 12 * MILLI);

    Batch batch = Batch.of(queue, 13 * MILLI, BUDGET);

    assertThat(told).containsExactly(Verdict.Unknown.INSTANCE);
    assertThat(batch.holdings()).containsExactly(fresh);
    assertThat(batch.leftNanos()).isEqualTo(14 * MILLI);
    assertThat(old.isIdle(13 * MILLI, 0)).isTrue();
  }

  @Test
  void oldCallAndANewOneOfTheSameKey_theNewOneIsAskedFor() {
    Holding holding = called("key", EXACT, 0);
    assertThat(holding.take(2, 12 * MILLI, 12 * MILLI, told::add)).isNull();

    Batch batch = Batch.of(queue, 13 * MILLI, BUDGET);

    assertThat(told).hasSize(1);
    assertThat(batch.asks()).containsExactly(new Ask("key", EXACT, 2, 2, 0));
  }

  @Test
  void whatACallUsedForAnEarlierKey_isGoneForThisOne() {
    var holding = new Holding("second", EXACT, queue::add, 12 * MILLI);
    var _ = holding.take(1, 12 * MILLI, 10 * MILLI, told::add);

    assertThat(Batch.of(queue, 13 * MILLI, BUDGET).leftNanos()).isEqualTo(12 * MILLI);

    queue.clear();
    var late = new Holding("third", EXACT, queue::add, 12 * MILLI);
    var _ = late.take(1, 12 * MILLI, 0, told::add);

    assertThat(Batch.of(queue, 13 * MILLI, BUDGET).asks()).isEmpty();
    assertThat(told).containsExactly(Verdict.Unknown.INSTANCE);
  }

  @Test
  void callGivenUp_whatIsGivenBackIsSentAllTheSame() {
    Holding holding = called("key", EXACT, 0);
    assertThat(holding.giveBack(3, 0)).isTrue();

    Batch batch = Batch.of(queue, 20 * MILLI, BUDGET);

    assertThat(told).containsExactly(Verdict.Unknown.INSTANCE);
    assertThat(batch.asks()).containsExactly(new Ask("key", EXACT, 0, 0, 3));
    assertThat(batch.leftNanos()).isEqualTo(BUDGET);
  }

  @Test
  void leasedKey_isAskedForTheNextCalls_thoughThoseBeforeAreGivenUp() {
    var _ = called("key", LEASED, 0);

    Batch batch = Batch.of(queue, 13 * MILLI, BUDGET);

    assertThat(told).hasSize(1);
    assertThat(batch.asks().getFirst().want()).isPositive();
  }
}
