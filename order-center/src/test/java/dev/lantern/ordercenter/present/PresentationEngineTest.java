package dev.lantern.ordercenter.present;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.GroupBooking;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.NoLeases;
import dev.lantern.ordercenter.settle.OneLease;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Copies against the real ledger, each order once, the budget's sum kept.
@Tag("engine")
final class PresentationEngineTest {
  private static final int ROUNDS = 60;
  private static final int PARTITION = 3;
  private static final long LEASE = 7;
  private static final long OWN = 8;
  private static final int FROZEN = 3;
  private static final Clock CLOCK = () -> new Moment(System.nanoTime(), Instant.now());

  private final Signed signed = new Signed();
  private Ledger ledger;
  private MysqlBookingStore books;
  private LogName log;

  @BeforeEach
  void open() {
    ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
    log = ledger.log("t", 8);
    ledger.budget(Given.BUDGET, 1_000_000);
    ledger.lease(LEASE, Given.BUDGET, 500_000, log, 10_000);
    ledger.lease(OWN, Given.BUDGET, 100_000, log, 10_000);
    books = new MysqlBookingStore(ledger.database());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void copy_presentedTwiceAtOnce_racingItsRecord_isBookedOnce() throws Exception {
    MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
    offsets.ensureRows(log);
    PartitionId id = new PartitionId(log, PARTITION);
    Claim claim = new Claim(id, offsets.take(offsets.row(id).orElseThrow(), "w").orElseThrow());
    GroupBooking worker = new GroupBooking(books, offsets, CLOCK);
    int byCopy = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        Given given = given(round + 1);
        CyclicBarrier start = new CyclicBarrier(3);
        Future<List<Presented>> first = present(threads, start, given);
        Future<List<Presented>> second = present(threads, start, given);
        start.await();
        worker.book(claim, round, List.of(given.at(round)), new GroupBooking.Manner(false, false));
        List<Presented> answers = new ArrayList<>(first.get());
        answers.addAll(second.get());
        assertThat(answers)
            .allMatch(one -> one instanceof Presented.Booked || one instanceof Presented.Known);
        long here = answers.stream().filter(Presented.Booked.class::isInstance).count();
        assertThat(here).isLessThanOrEqualTo(1);
        byCopy += (int) here;
      }
    }
    assertThat(byCopy).isPositive();
    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(ROUNDS);
    assertThat(ledger.one("select count(*) as n from postings")).isEqualTo(ROUNDS);
    assertThat(ledger.one("select count(*) as n from conflicts")).isZero();
    assertThat(ledger.booked(LEASE)).isEqualTo(ROUNDS * 88L);
    ledger.assertConserved();
  }

  @Test
  void copiesOnAFrozenLease_areCountedOnIt_andOnAClosedOneOnOurOwn() {
    ledger
        .database()
        .update("update budget_leases set state = ? where lease_id = ?", FROZEN, LEASE);
    assertThat(enter(new NoLeases(), given(1), given(2)))
        .hasExactlyElementsOfTypes(Presented.Booked.class, Presented.Booked.class);
    assertThat(ledger.booked(LEASE)).isEqualTo(2 * 88);

    ledger.fence(LEASE, PARTITION);
    assertThat(enter(new NoLeases(), given(3)))
        .hasExactlyElementsOfTypes(Presented.Outstanding.class);
    assertThat(enter(new OneLease(OWN, 100_000, log), given(3), given(1)))
        .hasExactlyElementsOfTypes(Presented.Booked.class, Presented.Known.class);
    assertThat(ledger.booked(LEASE)).isEqualTo(2 * 88);
    assertThat(ledger.booked(OWN)).isEqualTo(88);
    ledger.assertConserved();
  }

  private Future<List<Presented>> present(
      ExecutorService threads, CyclicBarrier start, Given given) {
    return threads.submit(() -> {
      start.await();
      return enter(new NoLeases(), given);
    });
  }

  private List<Presented> enter(Leases leases, Given... givens) {
    List<SignedToken> tokens = List.of(givens).stream().map(signed::of).toList();
    var presentation =
        new Presentation(
            new RewardKeys(
                () -> KeySet.of(signed.keys()), Lane.LANE_LIVE, System::nanoTime, Instant::now),
            new TokenOrders(new SpringOffer(), Lane.LANE_LIVE),
            new OwnTokens(),
            books,
            new Forcing(books, leases, CLOCK, Lane.LANE_LIVE, () -> 8),
            CLOCK,
            Duration.ofSeconds(5));
    return presentation.enter(givens[0].actId(), tokens);
  }

  private static Given given(int round) {
    return Given.of(Given.user(0, PARTITION, 8), 88, LEASE).withRound(round);
  }
}
