package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.closing.Fencer;
import dev.lantern.ordercenter.closing.LoggingClosingWatch;
import dev.lantern.ordercenter.closing.MysqlLeaseClosingStore;
import dev.lantern.ordercenter.closing.UnclosedLease;
import dev.lantern.ordercenter.order.Coalescer;
import dev.lantern.ordercenter.order.LedgerLog;
import dev.lantern.ordercenter.order.LedgerLog.Entered;
import dev.lantern.ordercenter.order.MysqlInbox;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.stores.sql.OutcomeUnknownException;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The inbox and direct booking on the real ledger: ONCE by its keys, L4 and L5 by its locks, S6.
@Tag("engine")
class InboxEngineTest {
  private static final int PARTITIONS = 2;
  private static final int BOOKED = 8;
  private static final long LEASE = 41;
  private static final long TOTAL = 10_000_000;
  private static final long SLICE = 1_000_000;
  private static final Entered BEFORE = new Entered.Before();

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final LogName log = LogName.inbox(Lane.LANE_LIVE, PARTITIONS);
  private final Clock clock = () -> new Moment(System.nanoTime(), Instant.now());
  private final MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
  private final MysqlBookingStore books = new MysqlBookingStore(ledger.database());
  private final MysqlLeaseClosingStore closing = new MysqlLeaseClosingStore(ledger.database());
  private final GroupBooking booking = new GroupBooking(books, offsets, clock);
  private final List<Claim> claims = new ArrayList<>();
  private final MysqlInbox inbox =
      new MysqlInbox(
          ledger.database(),
          () -> PARTITIONS,
          new Coalescer.Bounds(256, 2, 20_000, Duration.ofSeconds(5)));
  private final DirectLog direct = new DirectLog(books, clock, Lane.LANE_LIVE, () -> PARTITIONS);

  @BeforeEach
  void own() {
    offsets.ensureRows(log);
    offsets
        .rows(Lane.LANE_LIVE)
        .forEach(row ->
            claims.add(
                new Claim(
                    new PartitionId(log, row.partition()),
                    offsets.take(row, "worker-1").orElseThrow())));
    ledger.budget(Given.BUDGET, TOTAL);
    ledger.lease(LEASE, Given.BUDGET, SLICE, log, 10_000);
  }

  @AfterEach
  void close() {
    inbox.close();
    ledger.assertConserved();
    ledger.close();
  }

  @Test
  void callsAtOnce_ofFewNumbers_enterOnceEach_andAreBookedOnceEach() throws Exception {
    List<Entered> answers = atOnce(600, i -> inbox.enter(given(i % 50).proto()));
    assertThat(answers).filteredOn(Entered.Taken.class::isInstance).hasSize(50);
    assertThat(answers).filteredOn(BEFORE::equals).hasSize(550);
    assertThat(waiting()).isEqualTo(50);

    drain();
    assertThat(waiting()).isZero();
    assertThat(ledger.orders(BOOKED)).isEqualTo(50);
    assertThat(ledger.booked(LEASE)).isEqualTo(50 * 88);
  }

  @Test
  void enteringWhileDrained_neverBringsANumberBack() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> drained =
          threads.submit(() -> {
            while (ledger.orders(BOOKED) < 40) {
              drain();
            }
          });
      List<Entered> answers = atOnce(800, i -> inbox.enter(given(i % 40).proto()));
      drained.get();
      assertThat(answers).filteredOn(Entered.Taken.class::isInstance).hasSize(40);
    }
    drain();
    assertThat(waiting()).isZero();
    assertThat(ledger.booked(LEASE)).isEqualTo(40 * 88);
  }

  @Test
  void numberThatIsBooked_isNotLetIn_howeverItWasBooked() {
    assertThat(direct.enter(given(1).proto()))
        .isEqualTo(new Entered.Taken(OrderState.ORDER_STATE_SUCCESS));
    assertThat(inbox.enter(given(1).withFen(99).proto())).isEqualTo(BEFORE);
    assertThat(direct.enter(given(1).withFen(99).proto())).isEqualTo(BEFORE);
    assertThat(waiting()).isZero();
    assertThat(ledger.booked(LEASE)).isEqualTo(88);
  }

  @Test
  void betterPromiseBookedFirst_elsewhere_leavesTheInboxAsNothing_andAWorseOneFirstAsAConflict() {
    inbox.enter(given(1).proto());
    inbox.enter(given(2).proto());
    // Another instance, with Kafka and a claim of its own, was booked meanwhile.
    commitBeside(given(1).withFen(99));
    commitBeside(given(2).withFen(7));
    drain();
    assertThat(waiting()).isZero();
    assertThat(ledger.orders(BOOKED)).isEqualTo(2);
    assertThat(ledger.one("select count(*) as n from conflicts")).isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(99 + 7 + 88);
  }

  @Test
  void entering_waitsForNoOtherPartitionOfItsLease() {
    Given mine = given(1);
    int other = 1 - partitionOf(mine);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Entered entered =
          ledger
              .database()
              .inTransaction(tx -> {
                tx.update(
                    "update lease_booked set seq = seq + 1 where lease_id = ?"
                        + " and partition_no = ?",
                    LEASE,
                    other);
                return CompletableFuture.supplyAsync(() -> inbox.enter(mine.proto()), threads)
                    .join();
              });
      assertThat(entered).isEqualTo(new Entered.Taken(OrderState.ORDER_STATE_PROCESSING));
    }
  }

  @Test
  void backlogOfOnePartition_keepsNoOtherWaiting() {
    long other = Given.user(0, 1, PARTITIONS);
    for (int round = 1; round <= 5; round++) {
      inbox.enter(Given.of(Given.user(0, 0, PARTITIONS), 88, LEASE).withRound(round).proto());
    }
    inbox.enter(Given.of(other, 88, LEASE).proto());
    MysqlInboxRows rows = new MysqlInboxRows(ledger.database());
    assertThat(rows.oldest(List.of(0, 1), 3))
        .hasEntrySatisfying(0, oldest -> assertThat(oldest).hasSize(3))
        .hasEntrySatisfying(
            1, oldest -> assertThat(oldest).extracting(InboxRow::actId).containsExactly(other));
    drain();
    drain();
    assertThat(waiting()).isZero();
  }

  @Test
  void fencedLease_letsNothingIn() {
    ledger.fence(LEASE, 0);
    ledger.fence(LEASE, 1);
    assertThat(inbox.enter(given(1).proto())).isEqualTo(new Entered.LeaseOver());
    assertThat(direct.enter(given(2).proto())).isEqualTo(new Entered.LeaseOver());
    assertThat(waiting()).isZero();
    assertThat(ledger.orders(BOOKED)).isZero();
  }

  @Test
  void leaseWithRowsLeft_isNotFenced_andClosesExactlyOnceTheyAreBooked() {
    for (int i = 0; i < 10; i++) {
      inbox.enter(given(i).proto());
    }
    assertThat(closing.markClosing(lease())).isTrue();
    closing.storeEnds(List.of(LEASE), new long[PARTITIONS]);
    Fencer fencer =
        new Fencer(
            closing, () -> claims, new LoggingClosingWatch(OpenTelemetry.noop().getMeter("test")));
    claims.forEach(claim -> assertThat(closing.fence(claim, List.of(LEASE))).isZero());
    fencer.tick();
    assertThat(lease().fenced()).isZero();

    drain();
    fencer.tick();
    assertThat(lease().fenced()).isEqualTo(PARTITIONS);
    assertThat(closing.close(lease())).isEqualTo(SLICE - 10 * 88);
    assertThat(ledger.one("select free as n from budgets")).isEqualTo(TOTAL - 10 * 88);
  }

  @Test
  void enteringAndFencing_atOnce_neverFencesOverARow() throws Exception {
    assertThat(closing.markClosing(lease())).isTrue();
    closing.storeEnds(List.of(LEASE), new long[PARTITIONS]);
    Fencer fencer =
        new Fencer(
            closing, () -> claims, new LoggingClosingWatch(OpenTelemetry.noop().getMeter("test")));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> fenced =
          threads.submit(() -> {
            while (lease().fenced() < PARTITIONS) {
              fencer.tick();
              drain();
            }
          });
      List<Entered> answers = atOnce(400, i -> inbox.enter(given(i).proto()));
      fenced.get();
      long taken = answers.stream().filter(Entered.Taken.class::isInstance).count();
      drain();
      assertThat(ledger.orders(BOOKED)).isEqualTo(taken);
      assertThat(ledger.booked(LEASE)).isEqualTo(taken * 88);
    }
  }

  @Test
  void formerOwner_drainsNothing() {
    inbox.enter(given(1).proto());
    Claim mine = claims.get(partitionOf(given(1)));
    List<LogRecord> group = fetch(mine);
    OffsetRow row = offsets.row(mine.id()).orElseThrow();
    assertThat(offsets.take(row, "worker-2")).isPresent();

    assertThat(booking.book(mine, 0, group, new GroupBooking.Manner(false, false)))
        .isInstanceOf(GroupBooking.Outcome.Lost.class);
    assertThat(waiting()).isEqualTo(1);
    claims.set(partitionOf(given(1)), new Claim(mine.id(), row.epoch() + 1));
    drain();
    assertThat(ledger.orders(BOOKED)).isEqualTo(1);
  }

  @Test
  void rowThatCannotBeRead_isParkedUnderItsNumber_andLeaves() {
    ledger
        .database()
        .update(
            "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
                + " created_at) values (7, 'no order number', 0, 0, ?, 'garbage',"
                + " utc_timestamp(6))",
            new byte[32]);
    drain();
    assertThat(waiting()).isZero();
    assertThat(
            ledger.one(
                "select count(*) as n from parked_records where order_no = ?", "no order number"))
        .isEqualTo(1);
  }

  @Test
  void directBooking_whoseCommitReplyIsLost_isFoundByTheRetry() {
    LedgerLog unheard =
        new DirectLog(new UnheardCommits(books), clock, Lane.LANE_LIVE, () -> PARTITIONS);
    assertThatThrownBy(() -> unheard.enter(given(1).proto()))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(direct.enter(given(1).withFen(3).proto())).isEqualTo(BEFORE);
    assertThat(ledger.orders(BOOKED)).isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(88);
  }

  private void commitBeside(Given given) {
    Effects effects =
        Effects.of(
            List.of(new Verdict.Book(given.at(0), given.promise(), LEASE)),
            partitionOf(given),
            Instant.now());
    assertThat(books.commit(effects)).isInstanceOf(BookingStore.Result.Done.class);
  }

  private synchronized void drain() {
    for (Claim claim : claims) {
      List<LogRecord> group = fetch(claim);
      if (!group.isEmpty()) {
        long from = group.getFirst().offset();
        assertThat(booking.book(claim, from, group, new GroupBooking.Manner(false, false)))
            .isInstanceOf(GroupBooking.Outcome.Booked.class);
      }
    }
  }

  private List<LogRecord> fetch(Claim claim) {
    InboxReader fresh = new InboxReader(new MysqlInboxRows(ledger.database()), clock);
    fresh.seek(claim.id(), offsets.row(claim.id()).orElseThrow().nextOffset());
    return fresh.poll(Duration.ZERO).records().getOrDefault(claim.id(), List.of());
  }

  private long waiting() {
    return ledger.one("select count(*) as n from inbox");
  }

  private UnclosedLease lease() {
    return closing.unclosed(10).getFirst();
  }

  private static int partitionOf(Given given) {
    return Partitions.of(given.actId(), PARTITIONS);
  }

  private static Given given(int n) {
    return Given.of(1_000 + n, 88, LEASE);
  }

  private static List<Entered> atOnce(int calls, IntFunction<Entered> call)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Entered>> running =
          IntStream.range(0, calls).mapToObj(i -> threads.submit(() -> call.apply(i))).toList();
      List<Entered> answers = new ArrayList<>();
      for (Future<Entered> one : running) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
