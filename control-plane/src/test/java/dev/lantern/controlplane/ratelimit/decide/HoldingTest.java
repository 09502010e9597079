package dev.lantern.controlplane.ratelimit.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final long MILLI = 1_000_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Meter EXACT =
      Meter.of(new Rate(100, SECOND), Duration.ofMillis(100), Duration.ZERO);
  private static final Meter LEASED =
      Meter.of(new Rate(2_000, SECOND), Duration.ofMillis(100), Duration.ofMillis(50));
  private static final long FULL = EXACT.capacity();

  private final List<Holding> queue = new ArrayList<>();
  private final List<Verdict> told = new ArrayList<>();
  private boolean queueFull;

  private Holding holding(Meter meter) {
    return new Holding("key", meter, this::offer, 0);
  }

  private boolean offer(Holding one) {
    return !queueFull && queue.add(one);
  }

  @Test
  void callsThatCameMeanwhile_areAskedForTogether() {
    Holding holding = holding(EXACT);
    for (int i = 0; i < 3; i++) {
      assertThat(holding.take(2, i, i, told::add)).isNull();
    }
    assertThat(queue).hasSize(1);
    assertThat(holding.ask(5)).isEqualTo(new Ask("key", EXACT, 6, 2, 0));
  }

  @Test
  void notEnough_goesToThoseWhoCameFirst() {
    Holding holding = holding(EXACT);
    for (int i = 0; i < 3; i++) {
      var _ = holding.take(1, i, i, told::add);
    }
    var _ = holding.ask(5);
    tell(holding.answered(new Given(2, FULL), 5, 6));

    assertThat(told.get(0)).isInstanceOf(Verdict.Allowed.class);
    assertThat(told.get(1)).isInstanceOf(Verdict.Allowed.class);
    assertThat(told.get(2)).isInstanceOf(Verdict.Over.class);
  }

  @Test
  void fullKey_isRefusedWithoutAQuestion_untilAHitFits() {
    Holding holding = holding(EXACT);
    var _ = holding.take(1, 0, 0, told::add);
    var _ = holding.ask(0);
    tell(holding.answered(new Given(0, FULL), 0, MILLI));

    assertThat(holding.take(1, 9 * MILLI, 9 * MILLI, told::add)).isInstanceOf(Verdict.Over.class);
    assertThat(holding.isFull(9 * MILLI)).isTrue();
    assertThat(holding.take(1, 10 * MILLI, 10 * MILLI, told::add)).isNull();
  }

  @Test
  void fullKeyThatNobodyTriesAgain_isForgottenLongBeforeAHitFits() {
    Meter aDay = Meter.of(new Rate(3, Duration.ofDays(1)), Duration.ofDays(1), Duration.ZERO);
    Holding holding = holding(aDay);
    var _ = holding.take(1, 0, 0, told::add);
    var _ = holding.ask(0);
    tell(holding.answered(new Given(0, aDay.capacity()), 0, MILLI));
    long soon = Duration.ofMillis(1_500).toNanos();

    assertThat(holding.isIdle(soon, SECOND.toNanos())).isFalse();
    assertThat(holding.take(1, soon, soon, told::add)).isInstanceOf(Verdict.Over.class);
    assertThat(holding.isIdle(2 * soon, SECOND.toNanos())).isFalse();
    assertThat(holding.isIdle(3 * soon, SECOND.toNanos())).isTrue();
  }

  @Test
  void whoCameWhileAsking_isAskedForNext() {
    Holding holding = holding(EXACT);
    var _ = holding.take(1, 0, 0, told::add);
    var _ = holding.ask(0);
    var _ = holding.take(1, 1, 1, told::add);
    tell(holding.answered(new Given(1, EXACT.unit()), 0, 2));

    assertThat(told).hasSize(1);
    assertThat(queue).hasSize(2);
    assertThat(holding.ask(3).want()).isEqualTo(1);
  }

  @Test
  void noAnswer_isToldAsUnknown() {
    Holding holding = holding(EXACT);
    var _ = holding.take(1, 0, 0, told::add);
    var _ = holding.ask(0);
    tell(holding.failed());

    assertThat(told).containsExactly(Verdict.Unknown.INSTANCE);
    assertThat(holding.isIdle(0, SECOND.toNanos())).isTrue();
  }

  @Test
  void storeThatDoesNotAnswer_isNotWaitedFor() {
    queueFull = true;

    assertThat(holding(EXACT).take(1, 0, 0, told::add)).isEqualTo(Verdict.Unknown.INSTANCE);
  }

  @Test
  void heldUnits_areSpentWithoutAQuestion_untilTheLeaseEnds() {
    Holding holding = busy(LEASED);
    tell(holding.answered(new Given(50, 50 * LEASED.unit()), 0, MILLI));
    queue.clear();

    assertThat(holding.take(1, 2 * MILLI, 2 * MILLI, told::add))
        .isInstanceOf(Verdict.Allowed.class);
    assertThat(holding.take(1, LEASED.spendNanos(), LEASED.spendNanos(), told::add)).isNull();
  }

  @Test
  void refill_isAskedForBeforeNothingIsLeft() {
    Holding holding = busy(LEASED);
    tell(holding.answered(new Given(40, 40 * LEASED.unit()), 0, MILLI));
    queue.clear();
    for (int i = 0; i < 10; i++) {
      assertThat(holding.take(1, 2 * MILLI, 2 * MILLI, told::add))
          .isInstanceOf(Verdict.Allowed.class);
    }
    assertThat(queue).hasSize(1);
    assertThat(holding.ask(2 * MILLI).want()).isPositive();
  }

  @Test
  void whatIsGivenBack_goesWithTheNextQuestion_once() {
    Holding holding = holding(EXACT);

    assertThat(holding.giveBack(3, 0)).isTrue();
    assertThat(holding.ask(0).back()).isEqualTo(3);
    tell(holding.answered(new Given(0, 0), 0, 1));
    assertThat(holding.ask(1).back()).isZero();
  }

  @Test
  void look_takesNothing() {
    Holding holding = holding(EXACT);
    var _ = holding.take(0, 0, 0, told::add);

    assertThat(holding.ask(0).want()).isZero();
    tell(holding.answered(new Given(0, FULL), 0, 1));
    assertThat(told.getFirst()).isInstanceOf(Verdict.Over.class);
  }

  /// One at which so many call that more than one is asked for.
  private Holding busy(Meter meter) {
    Holding holding = holding(meter);
    for (int i = 0; i < 20; i++) {
      var _ = holding.take(1, 0, 0, told::add);
    }
    assertThat(holding.ask(0).want()).isGreaterThan(20);
    return holding;
  }

  private static void tell(List<Holding.Told> told) {
    told.forEach(one -> one.waiter().decided(one.verdict()));
  }
}
