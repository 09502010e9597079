package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The keeper's steps, taken by hand.
final class LeaseKeeperTest {
  private static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);

  private final HandClock clock = new HandClock();
  private final MemoryLeaseStore store = new MemoryLeaseStore();
  private Optional<LogName> log = Optional.of(LOG);
  private final LeaseKeeper keeper = keeper("api-1/a");

  LeaseKeeperTest() {
    store.budget("main", 10_000);
  }

  @Test
  void take_findsNothing_untilALeaseIsGranted() {
    assertThat(keeper.take("main", new Fen(10))).isInstanceOf(Take.Busy.class);
    keeper.tend();
    Unit unit = taken(10);
    assertThat(unit.log()).isEqualTo(LOG);
    assertThat(keeper.mayAnswer(unit)).isTrue();
  }

  @Test
  void grant_withoutALogToAppendTo_isNotAskedFor() {
    log = Optional.empty();
    keeper.take("main", new Fen(10));
    keeper.tend();
    assertThat(store.inState(LeaseState.OPEN)).isEmpty();
  }

  @Test
  void leasesFromALog_giveUnitsOfThatLogAlone() {
    grantOne();
    LogName direct = LogName.direct(Lane.LANE_LIVE, 8);
    Leases own = keeper.from(() -> direct);
    // The topic's lease is there, and left alone.
    assertThat(own.take("main", new Fen(10))).isInstanceOf(Take.Busy.class);
    keeper.tend();
    Take take = own.take("main", new Fen(10));
    assertThat(take).isInstanceOf(Take.Taken.class);
    Unit unit = ((Take.Taken) take).unit();
    assertThat(unit.log()).isEqualTo(direct);
    assertThat(own.mayAnswer(unit)).isTrue();
    assertThat(taken(10).log()).isEqualTo(LOG);
  }

  @Test
  void new_log_retiresTheLeasesOfTheOldOne() {
    grantOne();
    Unit old = taken(10);
    LogName second = new LogName(Lane.LANE_LIVE, 2, "topic-2", "id-2", 8);
    log = Optional.of(second);
    keeper.tend();
    assertThat(store.inState(LeaseState.CLOSING)).containsExactly(old.leaseId());
    assertThat(keeper.mayAnswer(old)).isTrue();
    grantOne();
    assertThat(taken(10).log()).isEqualTo(second);

    // While nobody knows the log, leases are kept: it may be the same one again.
    log = Optional.empty();
    keeper.tend();
    assertThat(store.inState(LeaseState.CLOSING)).containsExactly(old.leaseId());
  }

  @Test
  void heartbeats_thatFail_leaveTheLeaseTheTimeItHad() {
    grantOne();
    Unit unit = taken(10);
    store.down(true);
    clock.advance(Duration.ofSeconds(4));
    assertThatThrownBy(keeper::beat).isInstanceOf(StoreUnavailableException.class);
    assertThat(keeper.mayAnswer(unit)).isTrue();
    clock.advance(Duration.ofSeconds(4));
    assertThat(keeper.mayAnswer(unit)).isFalse();
    assertThat(keeper.take("main", new Fen(1))).isInstanceOf(Take.Busy.class);
  }

  @Test
  void heartbeats_keepALeaseAlive() {
    grantOne();
    Unit unit = taken(10);
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(2));
      keeper.beat();
    }
    assertThat(keeper.mayAnswer(unit)).isTrue();
  }

  @Test
  void lease_closedByAnOperator_stopsAtTheNextHeartbeat() {
    grantOne();
    Unit unit = taken(10);
    store.markClosing(unit.leaseId());
    assertThat(keeper.mayAnswer(unit)).isTrue();
    keeper.beat();
    assertThat(keeper.mayAnswer(unit)).isFalse();
    assertThat(keeper.take("main", new Fen(1))).isInstanceOf(Take.Busy.class);
  }

  @Test
  void idle_lease_givesItsRestBack() {
    grantOne();
    taken(10);
    long slice = 10_000 - store.free("main");
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(2));
      keeper.beat();
    }
    keeper.tend();
    assertThat(store.free("main")).isEqualTo(9_990);
    assertThat(store.inState(LeaseState.CLOSING)).hasSize(1);
    assertThat(slice).isGreaterThan(10);
  }

  @Test
  void grant_whoseReplyIsLost_isNeverSpent_andClosed() {
    store.mute(true);
    keeper.take("main", new Fen(10));
    keeper.tend();
    assertThat(store.inState(LeaseState.OPEN)).isEmpty();
    assertThat(store.inState(LeaseState.CLOSING)).hasSize(1);
    assertThat(keeper.take("main", new Fen(10))).isInstanceOf(Take.Busy.class);

    store.mute(false);
    keeper.tend();
    taken(10);
  }

  @Test
  void retirement_whoseReplyIsLost_isNeverAddedAgain() {
    grantOne();
    taken(10);
    store.mute(true);
    keeper.retireAll();
    store.mute(false);
    assertThat(store.free("main")).isEqualTo(9_990);
    clock.advance(Duration.ofSeconds(2));
    keeper.retireAll();
    keeper.tend();
    assertThat(store.free("main")).isEqualTo(9_990);
  }

  @Test
  void lease_closedByAnOperator_isNotReplaced_untilSomebodyAsks() {
    grantOne();
    for (int i = 0; i < 100; i++) {
      taken(1);
    }
    LeaseId held = store.inState(LeaseState.OPEN).iterator().next();
    clock.advance(Duration.ofSeconds(2));
    store.markClosing(held);
    keeper.beat();
    keeper.tend();
    assertThat(store.inState(LeaseState.OPEN)).isEmpty();

    assertThat(keeper.take("main", new Fen(1))).isInstanceOf(Take.Busy.class);
    keeper.tend();
    taken(1);
  }

  @Test
  void twoKeepers_drainABudget_toItsLastUnit() {
    store.budget("main", 7 * 200);
    LeaseKeeper other = keeper("api-2/b");
    int units = 0;
    for (int round = 0; round < 2_000 && units < 200; round++) {
      LeaseKeeper one = round % 2 == 0 ? keeper : other;
      if (one.take("main", new Fen(7)) instanceof Take.Taken) {
        units++;
      }
      one.tend();
      clock.advance(Duration.ofMillis(100));
      if (round % 10 == 0) {
        keeper.beat();
        other.beat();
      }
    }
    assertThat(units).isEqualTo(200);
    assertThat(keeper.take("main", new Fen(7))).isInstanceOf(Take.Busy.class);
  }

  @Test
  void rest_thatServesNoOrder_isNotLeased_andTheBudgetIsSoldOut() {
    store.budget("main", 40);
    assertThat(keeper.take("main", new Fen(88))).isInstanceOf(Take.Busy.class);
    for (int i = 0; i < 5; i++) {
      keeper.tend();
      assertThat(keeper.take("main", new Fen(88))).isInstanceOf(Take.SoldOut.class);
    }
    assertThat(store.free("main")).isEqualTo(40);
    assertThat(store.inState(LeaseState.CLOSING)).isEmpty();
  }

  @Test
  void remaining_ofAnUntouchedBudget_isRead() {
    assertThat(keeper.remaining("main").orElseThrow().left()).isEqualTo(new Fen(10_000));
    assertThat(keeper.remaining("none")).isEmpty();
  }

  @Test
  void leases_ofTheInboxAndOfATopic_areHeldBesideEachOther() {
    grantOne();
    LogName inbox = LogName.inbox(Lane.LANE_LIVE, 8);
    keeper.take("main", new Fen(10), inbox);
    keeper.tend();
    Unit waiting = ((Take.Taken) keeper.take("main", new Fen(10), inbox)).unit();
    Unit appended = taken(10);
    assertThat(waiting.log()).isEqualTo(inbox);
    assertThat(appended.log()).isEqualTo(LOG);
    assertThat(waiting.leaseId()).isNotEqualTo(appended.leaseId());

    // What is left counts both; a unit goes back to where it came from.
    keeper.putBack(waiting);
    keeper.beat();
    assertThat(keeper.remaining("main").orElseThrow().left()).isEqualTo(new Fen(9_990));
    assertThat(keeper.mayAnswer(waiting)).isTrue();

    // Without a topic the inbox's leases go on.
    log = Optional.empty();
    assertThat(keeper.take("main", new Fen(10), inbox)).isInstanceOf(Take.Taken.class);
    assertThat(keeper.take("main", new Fen(10))).isInstanceOf(Take.Busy.class);
  }

  private void grantOne() {
    keeper.take("main", new Fen(10));
    keeper.tend();
  }

  private Unit taken(long fen) {
    Take take = keeper.take("main", new Fen(fen));
    assertThat(take).isInstanceOf(Take.Taken.class);
    return ((Take.Taken) take).unit();
  }

  private LeaseKeeper keeper(String holder) {
    long[] seed = {holder.hashCode()};
    return new LeaseKeeper(
        store,
        () -> log,
        new LeaseIds(() -> seed[0] += 0x9E3779B97F4A7C15L),
        holder,
        LeaseTerms.STANDARD,
        Duration.ZERO,
        clock);
  }
}
