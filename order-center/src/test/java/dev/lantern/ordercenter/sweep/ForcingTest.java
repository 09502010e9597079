package dev.lantern.ordercenter.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.MemoryBooks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForcingTest {
  private static final long LEASE = 11;
  private static final long OWN = 77;
  private static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic", "t", 8);

  private final MemoryBooks books = new MemoryBooks();
  private final OneLease leases = new OneLease();
  private final Forcing forcing = forcing(books);
  private final Given given = Given.of(Given.user(0, 3, 8), 50, LEASE);

  private Forcing forcing(BookingStore store) {
    return new Forcing(store, leases, () -> new Moment(0, Instant.EPOCH), Lane.LANE_LIVE, () -> 8);
  }

  @Test
  void force_leaseStillOpen_countsOnIt() {
    books.lease(LEASE);

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.FORCED);

    assertThat(books.leases.get(LEASE)).isEqualTo(50L);
    assertThat(leases.taken).isEmpty();
  }

  @Test
  void force_leaseFenced_countsOnOurOwn() {
    books.lease(LEASE);
    books.fencedLeases.add(LEASE);
    books.lease(OWN);

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.FORCED);

    assertThat(books.leases.get(LEASE)).isZero();
    assertThat(books.leases.get(OWN)).isEqualTo(50L);
    assertThat(leases.putBack).isEmpty();
  }

  @Test
  void force_leaseUnknown_countsOnOurOwn() {
    books.lease(OWN);

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.FORCED);

    assertThat(books.leases.get(OWN)).isEqualTo(50L);
  }

  @Test
  void force_soldOut_parksCountedNowhere() {
    leases.answer = new Take.SoldOut();

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.PARKED);

    assertThat(books.count(OrderState.ORDER_STATE_PARKED)).isEqualTo(1);
    assertThat(books.postings).isEmpty();
    assertThat(books.leases.values()).allMatch(units -> units == 0);
  }

  @Test
  void force_unitBusy_waitsUntilTheLastChance() {
    leases.answer = new Take.Busy();

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.LATER);
    assertThat(books.orders).isEmpty();
    assertThat(forcing.force(given.promise(), true)).isEqualTo(Forcing.Outcome.PARKED);
  }

  @Test
  void force_alreadyBooked_changesNothing() {
    books.lease(LEASE);
    var _ = forcing.force(given.promise(), false);

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.KNOWN);

    assertThat(books.leases.get(LEASE)).isEqualTo(50L);
    assertThat(books.postings).hasSize(1);
  }

  @Test
  void force_betterPromiseThanBooked_isAConflict() {
    books.lease(LEASE);
    var _ = forcing.force(given.withFen(20).promise(), false);

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.PARKED);

    assertThat(books.conflicts).hasSize(1);
    assertThat(books.leases.get(LEASE)).isEqualTo(70L);
    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.KNOWN);
  }

  @Test
  void force_message_needsNoLease() {
    assertThat(forcing.force(given.withFen(0).promise(), false)).isEqualTo(Forcing.Outcome.FORCED);

    assertThat(books.count(OrderState.ORDER_STATE_SUCCESS)).isEqualTo(1);
    assertThat(books.postings).isEmpty();
    assertThat(leases.taken).isEmpty();
  }

  @Test
  void force_commitInDoubt_neverPutsTheUnitBack() {
    books.lease(OWN);
    Forcing doubtful =
        forcing(
            new ForwardingStore(books) {
              @Override
              public Result commit(dev.lantern.ordercenter.settle.Effects effects) {
                Result result = super.commit(effects);
                return result instanceof Result.Done ? new Result.Unknown() : result;
              }
            });

    assertThat(doubtful.force(given.promise(), false)).isEqualTo(Forcing.Outcome.LATER);
    assertThat(leases.taken).hasSize(1);
    assertThat(leases.putBack).isEmpty();
    assertThat(doubtful.force(given.promise(), false)).isEqualTo(Forcing.Outcome.KNOWN);
  }

  @Test
  void force_workerBooksItMeanwhile_putsTheUnitBack() {
    books.lease(OWN);
    books.lease(LEASE);
    books.fencedLeases.add(LEASE);
    Forcing racing =
        forcing(
            new ForwardingStore(books) {
              @Override
              public Result commit(dev.lantern.ordercenter.settle.Effects effects) {
                if (effects.leases().containsKey(OWN) && books.orders.isEmpty()) {
                  books.fencedLeases.clear();
                  var _ = forcing.force(given.promise(), false);
                }
                return super.commit(effects);
              }
            });

    assertThat(racing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.KNOWN);

    assertThat(books.leases.get(OWN)).isZero();
    assertThat(leases.putBack).hasSize(1);
  }

  @Test
  void force_orderThatTheStoreRefuses_isParked() {
    books.lease(LEASE);
    books.poison.add(given.orderNo().text());

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.PARKED);

    assertThat(books.leases.get(LEASE)).isEqualTo(50L);
  }

  /// Leases of this instance: one, that always has a unit, or an answer.
  private static final class OneLease implements Leases {
    final List<Unit> taken = new ArrayList<>();
    final List<Unit> putBack = new ArrayList<>();
    Take answer = new Take.Taken(new Unit(new LeaseId(OWN), Given.BUDGET, Fen.of(50), LOG));

    @Override
    public Take take(String budgetId, Fen amount) {
      if (answer instanceof Take.Taken(Unit unit)) {
        taken.add(unit);
      }
      return answer;
    }

    @Override
    public void putBack(Unit unit) {
      putBack.add(unit);
    }

    @Override
    public boolean mayAnswer(Unit unit) {
      return true;
    }

    @Override
    public Optional<Remaining> remaining(String budgetId) {
      return Optional.empty();
    }
  }
}
