package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseBook.Retired;
import dev.lantern.ordercenter.budget.LeaseStore.Standing;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LeaseBookTest {
  private static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);
  private static final LeaseId ONE = new LeaseId(1);
  private static final LeaseId TWO = new LeaseId(2);

  private final HandClock clock = new HandClock();
  private final LeaseBook book = new LeaseBook("main", LeaseTerms.STANDARD);

  @Test
  void take_withinTheSlice_givesUnitsOfTheOldestLease() {
    grant(ONE, 100, 900);
    grant(TWO, 100, 800);

    assertThat(take(60)).isEqualTo(ONE);
    assertThat(take(60)).isEqualTo(TWO);
    assertThat(take(40)).isEqualTo(ONE);
    assertThat(book.take(new Fen(41), clock.now())).isEmpty();
  }

  @Test
  void take_afterTheDeadline_givesNothing() {
    grant(ONE, 100, 0);
    clock.advance(Duration.ofMillis(7_999));
    assertThat(take(1)).isEqualTo(ONE);
    clock.advance(Duration.ofMillis(1));
    assertThat(book.take(new Fen(1), clock.now())).isEmpty();
  }

  @Test
  void mayAnswer_endsWithTheLease_byWhicheverClockIsFurther() {
    grant(ONE, 100, 0);
    Unit unit = book.take(new Fen(1), clock.now()).orElseThrow();
    assertThat(book.mayAnswer(unit, clock.now())).isTrue();

    // The machine was suspended: the monotonic clock stood still.
    clock.shiftWall(Duration.ofSeconds(8));
    assertThat(book.mayAnswer(unit, clock.now())).isFalse();

    // Somebody set the wall clock back: the monotonic one has not passed yet.
    clock.shiftWall(Duration.ofHours(-1));
    assertThat(book.mayAnswer(unit, clock.now())).isTrue();
    clock.advance(Duration.ofSeconds(8));
    assertThat(book.mayAnswer(unit, clock.now())).isFalse();
  }

  @Test
  void heartbeat_countsFromBeforeItWasSent() {
    grant(ONE, 100, 0);
    Unit unit = book.take(new Fen(1), clock.now()).orElseThrow();
    clock.advance(Duration.ofSeconds(2));
    Moment sentAt = clock.now();
    // The reply takes six seconds.
    clock.advance(Duration.ofSeconds(6));
    book.beaten(List.of(ONE), Set.of(ONE), sentAt);

    clock.advance(Duration.ofMillis(1_999));
    assertThat(book.mayAnswer(unit, clock.now())).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(book.mayAnswer(unit, clock.now())).isFalse();
  }

  @Test
  void heartbeat_thatFindsNoRow_stopsTheLeaseAtOnce() {
    grant(ONE, 100, 0);
    Unit unit = book.take(new Fen(1), clock.now()).orElseThrow();
    book.beaten(List.of(ONE), Set.of(), clock.now());

    assertThat(book.mayAnswer(unit, clock.now())).isFalse();
    assertThat(book.take(new Fen(1), clock.now())).isEmpty();
    // Nor does a late heartbeat bring it back.
    book.beaten(List.of(ONE), Set.of(ONE), clock.now());
    assertThat(book.mayAnswer(unit, clock.now())).isFalse();
  }

  @Test
  void retired_lease_answersUntilItsDeadline_andTakesNothing() {
    grant(ONE, 100, 0);
    Unit unit = book.take(new Fen(30), clock.now()).orElseThrow();
    clock.advance(Duration.ofSeconds(7));
    assertThat(book.retireAll()).containsExactly(new Retired(ONE, new Fen(70)));

    assertThat(book.take(new Fen(1), clock.now())).isEmpty();
    assertThat(book.mayAnswer(unit, clock.now())).isTrue();
    // A heartbeat sent before the retirement does not prolong it.
    book.beaten(List.of(ONE), Set.of(ONE), clock.now());
    clock.advance(Duration.ofSeconds(1));
    assertThat(book.mayAnswer(unit, clock.now())).isFalse();
  }

  @Test
  void putBack_afterRetirement_isLeftToTheClosing() {
    grant(ONE, 100, 0);
    Unit unit = book.take(new Fen(30), clock.now()).orElseThrow();
    book.retireAll();
    book.putBack(unit);
    assertThat(book.retireAll()).isEmpty();
    assertThat(book.take(new Fen(1), clock.now())).isEmpty();
  }

  @Test
  void putBack_whileOpen_canBeTakenAgain() {
    grant(ONE, 100, 0);
    book.putBack(book.take(new Fen(100), clock.now()).orElseThrow());
    assertThat(take(100)).isEqualTo(ONE);
  }

  @Test
  void lease_thatFellShort_isRetiredWhenAYoungerOneServes() {
    grant(ONE, 100, 900);
    assertThat(book.take(new Fen(101), clock.now())).isEmpty();
    assertThat(book.retire(clock.now(), Optional.of(LOG))).isEmpty();
    grant(TWO, 500, 400);
    assertThat(book.retire(clock.now(), Optional.of(LOG)))
        .containsExactly(new Retired(ONE, new Fen(100)));
  }

  @Test
  void lease_thatFellShortOfAnEmptyBudget_isGivenBack() {
    grant(ONE, 100, 0);
    assertThat(book.take(new Fen(101), clock.now())).isEmpty();
    assertThat(book.retire(clock.now(), Optional.of(LOG)))
        .containsExactly(new Retired(ONE, new Fen(100)));
  }

  @Test
  void idle_lease_isGivenBack() {
    grant(ONE, 100, 900);
    take(10);
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofMillis(2_499));
      book.beaten(List.of(ONE), Set.of(ONE), clock.now());
      assertThat(book.retire(clock.now(), Optional.of(LOG))).isEmpty();
    }
    clock.advance(Duration.ofMillis(4));
    assertThat(book.retire(clock.now(), Optional.of(LOG)))
        .containsExactly(new Retired(ONE, new Fen(90)));
  }

  @Test
  void active_lease_isRotated_afterItsSuccessorIsThere() {
    grant(ONE, 100_000, 900_000);
    for (int second = 0; second < 20; second++) {
      take(10);
      clock.advance(Duration.ofSeconds(1));
      book.beaten(List.of(ONE), Set.of(ONE), clock.now());
    }
    take(10);
    assertThat(book.wanted(clock.now())).isPresent();
    assertThat(book.retire(clock.now(), Optional.of(LOG))).isEmpty();
    grant(TWO, 1_000, 899_000);
    assertThat(book.retire(clock.now(), Optional.of(LOG)))
        .extracting(Retired::lease)
        .containsExactly(ONE);
  }

  @Test
  void remainderUnderOneUnit_isNotLeasedAhead_soThatItsEndIsTold() {
    assertThat(book.take(new Fen(88), clock.now())).isEmpty();
    book.refused(new Standing(new Fen(8_850), new Fen(50), 1), clock.now());
    clock.advance(Duration.ofMillis(100));
    assertThat(book.wanted(clock.now())).isEmpty();
    assertThat(book.hope(new Fen(88), clock.now())).contains(new Take.Busy());

    book.learn(new Standing(new Fen(8_850), new Fen(50), 0), clock.now());
    assertThat(book.hope(new Fen(88), clock.now())).contains(new Take.SoldOut());

    // Somebody whom the remainder would serve gets it.
    assertThat(book.take(new Fen(20), clock.now())).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(book.wanted(clock.now()).orElseThrow().needed()).isEqualTo(new Fen(20));
  }

  @Test
  void wanted_growsWithTheDemand_untilItIsKnown() {
    assertThat(book.wanted(clock.now())).isEmpty();
    assertThat(book.take(new Fen(88), clock.now())).isEmpty();
    LeaseBook.Wanted first = book.wanted(clock.now()).orElseThrow();
    assertThat(first.needed()).isEqualTo(new Fen(88));
    assertThat(first.slice()).isEqualTo(new Fen(88 * Demand.FIRST_UNITS));

    grant(ONE, first.slice().value(), 1_000_000);
    for (int i = 0; i < Demand.FIRST_UNITS; i++) {
      take(88);
    }
    assertThat(book.take(new Fen(88), clock.now())).isEmpty();
    assertThat(book.wanted(clock.now()).orElseThrow().slice().value())
        .isGreaterThanOrEqualTo(2 * first.slice().value());
  }

  @Test
  void wanted_whileTheLedgerHadTooLittle_asksForNothing() {
    book.take(new Fen(88), clock.now());
    book.refused(new Standing(new Fen(1000), new Fen(40), 1), clock.now());
    book.take(new Fen(88), clock.now());
    assertThat(book.wanted(clock.now())).isEmpty();
    assertThat(book.hope(new Fen(88), clock.now())).contains(new Take.Busy());

    clock.advance(Duration.ofMillis(501));
    assertThat(book.wanted(clock.now())).isPresent();
    assertThat(book.hope(new Fen(88), clock.now())).isEmpty();
  }

  @Test
  void hope_isSoldOut_onlyWhenNoLeaseIsLeft() {
    book.refused(new Standing(new Fen(1000), new Fen(40), 0), clock.now());
    assertThat(book.hope(new Fen(88), clock.now())).contains(new Take.SoldOut());
    assertThat(book.hope(new Fen(40), clock.now())).isEmpty();
  }

  @Test
  void frozenBudget_isNotSpent_andItsLeasesGoBack() {
    grant(ONE, 100, 50);
    assertThat(take(20)).isEqualTo(ONE);
    book.learn(new Standing(new Fen(1_000), new Fen(50), 1, true), clock.now());

    assertThat(book.take(new Fen(20), clock.now())).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(book.hope(new Fen(20), clock.now())).contains(new Take.Frozen());
    assertThat(book.wanted(clock.now())).isEmpty();
    assertThat(book.retire(clock.now(), Optional.of(LOG)))
        .containsExactly(new LeaseBook.Retired(ONE, new Fen(80)));

    book.learn(new Standing(new Fen(1_000), new Fen(130), 1), clock.now());
    assertThat(book.take(new Fen(20), clock.now())).isEmpty();
    assertThat(book.wanted(clock.now())).isPresent();
  }

  @Test
  void latestStanding_isTheOneHeardLast_byWhicheverBook() {
    LeaseBook other = new LeaseBook("main", LeaseTerms.STANDARD);
    assertThat(LeaseBook.latest(List.of(book, other))).isEmpty();
    Standing earlier = new Standing(new Fen(1000), new Fen(90), 1);
    Standing later = new Standing(new Fen(1000), new Fen(40), 1);
    book.learn(earlier, clock.now());
    clock.advance(Duration.ofSeconds(1));
    other.learn(later, clock.now());
    assertThat(LeaseBook.latest(List.of(book, other))).contains(later);
  }

  @Test
  void remaining_isUnderAPercentage_ofTheTotal() {
    Leases.Remaining remaining = new Leases.Remaining(new Fen(1000), new Fen(130));
    assertThat(remaining.isUnder(13)).isFalse();
    assertThat(remaining.isUnder(14)).isTrue();
  }

  private LeaseId take(long fen) {
    return book.take(new Fen(fen), clock.now()).orElseThrow().leaseId();
  }

  private void grant(LeaseId id, long slice, long freeAfter) {
    book.granted(
        id, LOG, new Fen(slice), new Standing(new Fen(1_000), new Fen(freeAfter), 1), clock.now());
  }
}
