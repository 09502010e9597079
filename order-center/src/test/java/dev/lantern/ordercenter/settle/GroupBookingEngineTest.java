package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class GroupBookingEngineTest {
  private static final int BOOKED = 8;
  private static final int PARKED = 4;
  private static final int RETRYING = 3;
  private static final GroupBooking.Manner INSERT_FIRST = new GroupBooking.Manner(false, false);
  private static final GroupBooking.Manner LOOK_FIRST = new GroupBooking.Manner(true, false);
  private static final long LEASE = 501;

  private final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  private final LogName log = ledger.log("topicA", 8);
  private final MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
  private final MysqlBookingStore store = new MysqlBookingStore(ledger.database());
  private final GroupBooking booking =
      new GroupBooking(store, offsets, () -> new Moment(System.nanoTime(), Instant.now()));
  private Claim claim = new Claim(new PartitionId(log, 3), 0);

  @BeforeEach
  void own() {
    offsets.ensureRows(log);
    claim = new Claim(claim.id(), takeOver("worker-1"));
    ledger.budget(Given.BUDGET, 10_000_000);
    ledger.lease(LEASE, Given.BUDGET, 1_000_000, log, 10_000);
  }

  @AfterEach
  void close() {
    ledger.assertConserved();
    ledger.close();
  }

  @Test
  void book_freshGroup_isInTheBooksOnce() {
    List<LogRecord> group = group(0, 500, 88);

    GroupBooking.Outcome outcome = booking.book(claim, 0, group, INSERT_FIRST);

    assertThat(verdicts(outcome)).hasSize(500).allMatch(v -> v instanceof Verdict.Book);
    assertThat(ledger.orders(BOOKED)).isEqualTo(500);
    assertThat(ledger.booked(LEASE)).isEqualTo(500 * 88);
    assertThat(nextOffset()).isEqualTo(500);
  }

  @Test
  void book_sameRecordsAgain_haveNoEffect() {
    List<LogRecord> group = group(0, 100, 88);
    booking.book(claim, 0, group, INSERT_FIRST);
    List<LogRecord> again = new ArrayList<>();
    IntStream.range(0, 100).forEach(n -> again.add(given(n).at(100 + n)));

    GroupBooking.Outcome outcome = booking.book(claim, 100, again, INSERT_FIRST);

    assertThat(verdicts(outcome)).hasSize(100).allMatch(v -> v instanceof Verdict.Known);
    assertThat(ledger.orders(BOOKED)).isEqualTo(100);
    assertThat(ledger.booked(LEASE)).isEqualTo(100 * 88);
    assertThat(nextOffset()).isEqualTo(200);
  }

  @Test
  void book_tenPercentDuplicates_bookTheRest() {
    booking.book(claim, 0, group(0, 100, 88), INSERT_FIRST);
    List<Given> mixed = new ArrayList<>();
    IntStream.range(0, 10).forEach(n -> mixed.add(given(n)));
    IntStream.range(100, 190).forEach(n -> mixed.add(given(n)));
    Collections.shuffle(mixed, new java.util.Random(7));
    List<LogRecord> group = new ArrayList<>();
    mixed.forEach(g -> group.add(g.at(100 + group.size())));

    GroupBooking.Outcome outcome = booking.book(claim, 100, group, INSERT_FIRST);

    assertThat(verdicts(outcome).stream().filter(v -> v instanceof Verdict.Known)).hasSize(10);
    assertThat(ledger.orders(BOOKED)).isEqualTo(190);
  }

  @Test
  void book_betterPromiseForTheSameNumber_isKeptAsConflictAndCounted() {
    Given first = given(0).withFen(10);
    booking.book(claim, 0, List.of(first.at(0)), INSERT_FIRST);

    List<LogRecord> later = List.of(first.withFen(30).at(1), first.withFen(30).at(2));
    GroupBooking.Outcome outcome = booking.book(claim, 1, later, LOOK_FIRST);

    assertThat(verdicts(outcome).get(0)).isInstanceOf(Verdict.Conflict.class);
    assertThat(verdicts(outcome).get(1)).isInstanceOf(Verdict.Known.class);
    assertThat(ledger.one("select count(*) as n from conflicts where reason = 'OUTCOME_CONFLICT'"))
        .isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(40);
    assertThat(ledger.one("select sum(booked_fen) as n from balances")).isEqualTo(10);
  }

  @Test
  void book_conflictSeenBefore_isKnownWhateverTheFirstInsertSays() {
    Given first = given(0).withFen(10);
    booking.book(claim, 0, List.of(first.at(0)), INSERT_FIRST);
    booking.book(claim, 1, List.of(first.withRequested(7).at(1)), INSERT_FIRST);

    GroupBooking.Outcome outcome =
        booking.book(claim, 2, List.of(first.withRequested(7).at(2)), INSERT_FIRST);

    assertThat(verdicts(outcome)).hasOnlyElementsOfType(Verdict.Known.class);
    assertThat(ledger.one("select count(*) as n from conflicts where reason = 'ORDER_CONFLICT'"))
        .isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(20);
  }

  @Test
  void book_fencedLease_recordIsVoidAndTheRestIsBooked() {
    ledger.lease(502, Given.BUDGET, 1_000, log, 10_000);
    ledger.fence(502, 3);
    List<LogRecord> group = List.of(given(0).at(0), given(1).withLease(502).at(1), given(2).at(2));

    GroupBooking.Outcome outcome = booking.book(claim, 0, group, INSERT_FIRST);

    assertThat(verdicts(outcome).get(1)).isInstanceOf(Verdict.Voided.class);
    assertThat(verdicts(outcome).get(1).handlesItsToken()).isFalse();
    assertThat(ledger.orders(BOOKED)).isEqualTo(2);
    assertThat(ledger.booked(502)).isZero();
    assertThat(nextOffset()).isEqualTo(3);
  }

  @Test
  void book_leaseFencedInAnotherPartition_countsHere() {
    ledger.lease(502, Given.BUDGET, 1_000, log, 10_000);
    ledger.fence(502, 4);

    booking.book(claim, 0, List.of(given(1).withLease(502).at(0)), INSERT_FIRST);

    assertThat(ledger.booked(502)).isEqualTo(88);
  }

  @Test
  void book_unknownLease_isVoid() {
    GroupBooking.Outcome outcome =
        booking.book(claim, 0, List.of(given(1).withLease(999).at(0)), INSERT_FIRST);

    assertThat(verdicts(outcome)).hasOnlyElementsOfType(Verdict.Voided.class);
    assertThat(ledger.orders(BOOKED)).isZero();
  }

  @Test
  void book_recordAfterAVoidOneOfItsNumber_isTheOrder() {
    ledger.lease(502, Given.BUDGET, 1_000, log, 10_000);
    ledger.fence(502, 3);
    Given voided = given(0).withLease(502);

    GroupBooking.Outcome outcome =
        booking.book(claim, 0, List.of(voided.at(0), given(0).at(1)), INSERT_FIRST);

    assertThat(verdicts(outcome).get(0)).isInstanceOf(Verdict.Voided.class);
    assertThat(verdicts(outcome).get(1)).isInstanceOf(Verdict.Book.class);
  }

  @Test
  void book_message_isARowWithoutMoney() {
    booking.book(claim, 0, List.of(given(0).withFen(0).at(0)), INSERT_FIRST);

    assertThat(ledger.orders(BOOKED)).isEqualTo(1);
    assertThat(ledger.one("select count(*) as n from postings")).isZero();
    assertThat(ledger.one("select count(*) as n from platform_accounts")).isZero();
  }

  @Test
  void book_withALostClaim_booksNothing() {
    takeOver("worker-2");

    GroupBooking.Outcome outcome = booking.book(claim, 0, group(0, 10, 88), INSERT_FIRST);

    assertThat(outcome).isInstanceOf(GroupBooking.Outcome.Lost.class);
    assertThat(ledger.orders(BOOKED)).isZero();
    assertThat(nextOffset()).isZero();
  }

  @Test
  void book_orderThatTheLedgerRefuses_isParkedAloneAndCounted() {
    Given rich = given(1);
    ledger
        .database()
        .update(
            "insert into balances (act_id, activity_id, purse, booked_fen, held_fen, income_fen,"
                + " seq) values (?, ?, 1, ?, 0, ?, 1)",
            rich.actId(),
            Ledger.child(),
            Long.MAX_VALUE,
            Long.MAX_VALUE);

    GroupBooking.Outcome outcome = booking.book(claim, 0, group(0, 20, 88), INSERT_FIRST);
    ledger.database().update("delete from balances where act_id = ?", rich.actId());

    assertThat(verdicts(outcome).stream().filter(v -> v instanceof Verdict.Park)).hasSize(1);
    assertThat(ledger.orders(BOOKED)).isEqualTo(19);
    assertThat(ledger.orders(PARKED)).isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(20 * 88);
    assertThat(nextOffset()).isEqualTo(20);
  }

  @Test
  void book_recordThatCannotBeRead_isParkedWithItsBytes() {
    long actId = Given.user(5, 3, 8);
    RecordReader.Raw raw =
        new RecordReader.Raw(
            1,
            Long.toString(actId),
            given(5).orderNo().text(),
            "",
            com.google.protobuf.ByteString.copyFromUtf8("no order at all"));
    List<LogRecord> group =
        List.of(given(0).at(0), RecordReader.read(raw, claim.id()), given(2).at(2));

    booking.book(claim, 0, group, INSERT_FIRST);

    assertThat(ledger.orders(BOOKED)).isEqualTo(2);
    assertThat(
            ledger.one(
                "select count(*) as n from orders o join parked_records p on p.act_id = o.act_id"
                    + " and p.order_no = o.order_no where o.state = 4 and o.act_id = ?",
                actId))
        .isEqualTo(1);
  }

  @Test
  void book_userWhoseBalanceIsLocked_isSetAsideAndRetried() throws Exception {
    Given locked = given(1);
    booking.book(claim, 0, List.of(locked.withRound(2).at(0)), INSERT_FIRST);
    List<LogRecord> group = List.of(given(0).at(1), locked.at(2), given(2).at(3));
    try (Held held = Held.lockBalance(ledger, locked.actId())) {
      GroupBooking.Outcome outcome =
          booking.book(claim, 1, group, new GroupBooking.Manner(false, true));
      assertThat(verdicts(outcome).get(1)).isInstanceOf(Verdict.Retry.class);
      assertThat(held.isStillHeld()).isTrue();
    }
    assertThat(ledger.orders(BOOKED)).isEqualTo(3);
    assertThat(ledger.orders(RETRYING)).isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(4 * 88);

    assertThat(ledger.parked(LEASE)).isEqualTo(88);

    // Its lease may be fenced by then: nothing more is counted on it.
    ledger.fence(LEASE, 3);
    Instant later = Instant.now().plusSeconds(60);
    new Retrier(store, new NoLeases(), () -> new Moment(System.nanoTime(), later)).tick();

    assertThat(ledger.orders(RETRYING)).isZero();
    assertThat(ledger.orders(BOOKED)).isEqualTo(4);
    assertThat(ledger.booked(LEASE)).isEqualTo(4 * 88);
    assertThat(ledger.parked(LEASE)).isZero();
  }

  @Test
  void retry_ofAMessage_isARowWithoutMoney() {
    booking.book(claim, 0, List.of(given(0).withFen(0).at(0)), INSERT_FIRST);
    ledger
        .database()
        .update(
            "update orders set state = ?, booked_at = null, next_at = utc_timestamp(6)", RETRYING);

    Instant later = Instant.now().plusSeconds(60);
    new Retrier(store, new NoLeases(), () -> new Moment(System.nanoTime(), later)).tick();

    assertThat(ledger.orders(BOOKED)).isEqualTo(1);
    assertThat(ledger.one("select count(*) as n from postings")).isZero();
  }

  private long takeOver(String worker) {
    OffsetRow row = offsets.row(claim.id()).orElseThrow();
    return offsets.take(row, worker).orElseThrow();
  }

  private long nextOffset() {
    return offsets.row(claim.id()).orElseThrow().nextOffset();
  }

  private static Given given(int user) {
    return Given.of(Given.user(user, 3, 8), 88, LEASE);
  }

  private static List<LogRecord> group(long from, int size, long fen) {
    List<LogRecord> group = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      group.add(given(n).withFen(fen).at(from + n));
    }
    return group;
  }

  private static List<Verdict> verdicts(GroupBooking.Outcome outcome) {
    assertThat(outcome).isInstanceOf(GroupBooking.Outcome.Booked.class);
    return ((GroupBooking.Outcome.Booked) outcome).verdicts();
  }
}
