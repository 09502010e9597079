package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.parked.ConflictId;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Nothing over clean books of 20,000 orders (`-Dlantern.reconcile.orders=100000` for more); then
/// every planted discrepancy once, with its class and amount; then nothing again, each closed by
/// itself once it is repaired.
@Tag("engine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ReconcilerEngineTest {
  private static final int ORDERS = Integer.getInteger("lantern.reconcile.orders", 20_000);
  private static final int PARKED = ORDERS + 1;
  private static final int STUCK = ORDERS + 2;
  private static final int UNTOLD = ORDERS + 3;
  private static final long LEASE = 7;
  private static final int CASH = AwardType.AWARD_TYPE_CASH_RED_PACKET_VALUE;
  private static AuditedBooks books = new AuditedBooks();
  private static final List<Given> given =
      IntStream.range(0, ORDERS).mapToObj(n -> Given.of(10_000 + n, 88, LEASE)).toList();
  private static Reconciler reconciler = books.reconciler("first");
  private static final Outside outside = new Outside(books, () -> reconciler);
  private static Manifest manifest = manifest(List.of(), "none");
  private static String passedOver = "";

  @BeforeAll
  static void book() {
    books.lease(LEASE);
    books.book(given, AuditedBooks.BOOKED_AT);
    for (Given token : List.of(of(1), of(2))) {
      // Young tokens, as there always are.
      books.tokens.put(token.acceptedAt(books.now().plus(Duration.ofMinutes(10))));
    }
    manifest = manifest(lines(), "upstream-1");
    refuseAThing();
    outside.accepted(given);
    outside.things(no(9_000));
  }

  /// Its unit stays counted on its lease and has come back to the budget by a release.
  private static void refuseAThing() {
    sql(
        "insert into grants (act_id, order_no, step, downstream, award_type, template_id, reward_id,"
            + " activity_id, budget_id, lease_id, partition_no, units, state, next_at, created_at)"
            + " values (1, '1_tickets_1_10_3', 1, 'cinema', 10, 't-1', 'ticket', 'spring', ?, ?, 5,"
            + " 1, 3, utc_timestamp(6), utc_timestamp(6))",
        Given.BUDGET,
        LEASE);
    sql(
        "update lease_booked set booked = booked + 1 where lease_id = ? and partition_no = 5",
        LEASE);
    sql(
        "insert into releases (order_no, step, budget_id, amount, applied_at)"
            + " values ('1_tickets_1_10_3', 1, ?, 1, utc_timestamp(6))",
        Given.BUDGET);
    sql("update budgets set free = free + 1 where budget_id = ?", Given.BUDGET);
  }

  @AfterAll
  static void close() {
    outside.close();
    books.close();
  }

  private static Given of(int n) {
    return given.get(n);
  }

  private static List<Manifest.Line> lines() {
    return given.stream()
        .map(one ->
            new Manifest.Line(
                one.orderNo().text(),
                one.actId(),
                AwardType.AWARD_TYPE_CASH_RED_PACKET,
                one.fen(),
                true))
        .toList();
  }

  private static Manifest manifest(List<Manifest.Line> lines, String requestId) {
    var submitted =
        books.manifests.submit(
            new Manifest.Draft(
                requestId,
                "spring",
                new Manifest.Scope.Round("rain-a7f3", 1),
                requestId.substring(0, 4),
                "operator"),
            lines,
            books.now());
    return ((Manifest.Submitted.Kept) submitted).manifest();
  }

  @Test
  @Order(1)
  void cleanBooks_haveNoFindings() {
    // Only what the orders were booked in; the empty manifest of the beginning tells nothing.
    books.ledger.database().update("delete from manifests where row_count = 0");

    books.settle(reconciler, outside::tick);

    assertThat(books.open()).isEmpty();
    assertThat(books.ledger.one("select compares as n from manifests")).isEqualTo(1);
    assertThat(books.ledger.one("select count(*) as n from alarm_events")).isZero();
  }

  @Test
  @Order(2)
  void everyPlantedDiscrepancy_isFoundOnce_withItsClassAndAmount() {
    plant();
    outside.plant();
    passedOver = outside.passedOver(unbooked());
    var run = books.runs.create(wish("planted", 0), books.now());
    var told = books.runs.create(wish("told", manifest.id()), books.now());
    books.pass(Duration.ofMinutes(11));
    books.settle(reconciler, outside::tick);

    assertThat(books.runs.find(run.id()).orElseThrow().ended()).isPresent();
    assertThat(books.runs.find(told.id()).orElseThrow().ended()).isPresent();
    plantInTheLog();
    books.settle(reconciler, outside::tick);
    assertThat(books.open())
        .extracting(f -> f.found().what(), f -> f.found().subject(), f -> f.found().amountFen())
        .containsExactlyInAnyOrder(
            tuple(Discrepancy.POSTING_MISSING, no(10), 88L),
            tuple(Discrepancy.POSTING_DIFFERS, no(11), 12L),
            tuple(Discrepancy.DOUBLE_POSTING, no(12), 88L),
            tuple(Discrepancy.POSTING_UNEXPLAINED, "nobody_ordered_this", 30L),
            tuple(
                Discrepancy.BALANCE_DIFFERS, of(14).actId() + "/" + Ledger.child() + "/1", 1_000L),
            tuple(Discrepancy.LEASE_SUM_DIFFERS, LEASE + "/3", 5L),
            tuple(Discrepancy.BUDGET_DIFFERS, Given.BUDGET, 400L),
            tuple(
                Discrepancy.CONFLICT_OPEN,
                no(15) + "/" + ConflictId.of(new byte[32], ones()),
                200L),
            tuple(Discrepancy.PARKED_OPEN, no(PARKED), 88L),
            tuple(Discrepancy.STALE_TOKEN, no(16), 88L),
            tuple(Discrepancy.STUCK_OUTSTANDING, no(STUCK), 88L),
            tuple(Discrepancy.MISSING_ORDER, no(17), 88L),
            tuple(Discrepancy.AMOUNT_DIFFERS, no(18), 11L),
            tuple(Discrepancy.AWARD_DIFFERS, no(19), 88L),
            tuple(Discrepancy.UNKNOWN_TO_UPSTREAM, no(UNTOLD), 88L),
            tuple(Discrepancy.UNKNOWN_TO_UPSTREAM, no(PARKED), 88L),
            tuple(Discrepancy.LOG_SHORTER, log(5), 0L),
            tuple(Discrepancy.LOG_STALLED, log(6), 0L),
            tuple(Discrepancy.RECORD_UNBOOKED, passedOver, 88L),
            tuple(Discrepancy.GRANT_MISSING, Outside.missing(), 0L),
            tuple(Discrepancy.GRANT_NOT_GIVEN, Outside.notGiven(), 0L),
            tuple(Discrepancy.GRANT_UNRECORDED, Outside.unrecorded(), 0L),
            tuple(Discrepancy.GRANT_TWICE, Outside.twice(), 0L),
            tuple(Discrepancy.GRANT_COMPENSATED, Outside.compensated(), 0L));
    assertThat(books.ledger.one("select count(*) as n from alarm_events")).isPositive();
  }

  @Test
  @Order(3)
  void sameBooksAgain_openNothingNew() {
    long before = books.ledger.one("select max(finding_id) as n from findings");
    var run = books.runs.create(wish("again", 0), books.now());
    books.settle(reconciler, outside::tick);

    assertThat(books.runs.find(run.id()).orElseThrow().opened()).isZero();
    assertThat(books.ledger.one("select max(finding_id) as n from findings")).isEqualTo(before);
  }

  @Test
  @Order(4)
  void anotherProcess_takesOverAndFindsNothingNew() {
    long findings = books.ledger.one("select count(*) as n from findings");
    Reconciler second = books.reconciler("second");
    second.tick();
    books.pass(Leader.TAKEOVER_AFTER);
    second.tick();

    assertThat(books.ledger.one("select count(*) as n from reconcile_marks where owner = 'second'"))
        .isEqualTo(1);
    assertThat(books.ledger.one("select count(*) as n from findings")).isEqualTo(findings);
    // The first has lost it, and does nothing until it stands still.
    reconciler.tick();
    assertThat(books.ledger.one("select count(*) as n from reconcile_marks where owner = 'second'"))
        .isEqualTo(1);
    reconciler = second;
  }

  @Test
  @Order(5)
  void resolvedFinding_staysResolved_untilItsAmountChanges() {
    Finding lease = finding(Discrepancy.LEASE_SUM_DIFFERS);
    Finding resolved =
        books
            .findings
            .resolve(lease.id(), "operator", "r-1", "known since the trial", books.now())
            .orElseThrow();
    assertThat(resolved.state()).isEqualTo(Finding.State.RESOLVED);
    books.settle(reconciler, outside::tick);
    assertThat(books.findings.find(lease.id()).orElseThrow().state())
        .isEqualTo(Finding.State.RESOLVED);

    books
        .ledger
        .database()
        .update("update lease_booked set booked = booked + 1 where partition_no = 3");
    books.settle(reconciler, outside::tick);
    Finding again = books.findings.find(lease.id()).orElseThrow();
    assertThat(again.state()).isEqualTo(Finding.State.OPEN);
    assertThat(again.found().amountFen()).isEqualTo(6);
    assertThat(books.ledger.one("select count(*) as n from audit where action = 'finding.resolve'"))
        .isEqualTo(1);
  }

  @Test
  @Order(6)
  void repairedBooks_closeEveryFindingByThemselves() {
    repair();
    books.runs.create(wish("repaired", manifest.id()), books.now());
    books.settle(reconciler, outside::tick);

    assertThat(books.open()).isEmpty();
    assertThat(books.findings.list(Filter.ALL, Long.MAX_VALUE, 100))
        .extracting(Finding::state)
        .containsOnly(Finding.State.CLEARED);
  }

  private static Finding finding(Discrepancy what) {
    return books
        .findings
        .list(new Filter(Optional.of(what), Optional.empty(), "", 0), Long.MAX_VALUE, 2)
        .getFirst();
  }

  private static RunStore.Wish wish(String requestId, long manifestId) {
    return new RunStore.Wish(
        requestId, "operator", "a trial", MysqlMarks.BEGINNING, books.now(), manifestId);
  }

  /// Of a round that no manifest tells of.
  private static Given unbooked() {
    return of(21).withRound(2);
  }

  private static String no(int n) {
    return Given.of(10_000 + n, 88, LEASE).orderNo().text();
  }

  private static String log(int partition) {
    return books.log.topic() + "/" + partition;
  }

  private static void sql(String sql, Object... args) {
    var _ = books.ledger.database().update(sql, args);
  }

  /// Each as it would come about: a fault that moves money moves the balance with it.
  private static void plant() {
    books.tokens.stored.clear();
    sql("delete from postings where order_no = ?", no(10));
    sql("update balances set booked_fen = 0, income_fen = 0 where act_id = ?", of(10).actId());
    sql("update postings set amount_fen = 100 where order_no = ?", no(11));
    sql("update balances set booked_fen = 100 where act_id = ?", of(11).actId());
    copyPosting(12, no(12) + "#2", no(12), 88);
    copyPosting(13, "nobody#1", "nobody_ordered_this", 30);
    sql("update balances set booked_fen = booked_fen + 1000 where act_id = ?", of(14).actId());
    sql("update lease_booked set booked = booked + 5 where partition_no = 3");
    sql("update budgets set free = free - 400");
    sql(
        "insert into conflicts (act_id, order_no, fingerprint, outcome, reason, activity_id,"
            + " given_type, title, amount_fen, budget_id, counted_lease_id, partition_no, record,"
            + " state, accepted_at, created_at) values (?, ?, ?, ?, 'OUTCOME_CONFLICT', ?, ?, '',"
            + " 200, 'main', 0, 0, '', 4, ?, ?)",
        of(15).actId(),
        no(15),
        new byte[32],
        ones(),
        Ledger.child(),
        CASH,
        books.now(),
        books.now());
    copyOrder(9_000, PARKED, "4", "null");
    books.tokens.put(of(16).acceptedAt(AuditedBooks.BOOKED_AT));
    books.tokens.put(Given.of(10_000 + STUCK, 88, LEASE).acceptedAt(AuditedBooks.BOOKED_AT));
    sql("delete from postings where order_no = ?", no(17));
    sql("delete from balances where act_id = ?", of(17).actId());
    sql("update orders set counted_lease_id = 0 where order_no in (?)", no(17));
    moveAway(17);
    sql("update manifest_rows set amount_fen = 99 where order_no = ?", no(18));
    sql("update manifest_rows set award_type = 2 where order_no = ?", no(19));
    books.book(
        List.of(Given.of(10_000 + UNTOLD, 88, LEASE)), AuditedBooks.BOOKED_AT.plusSeconds(1));
  }

  private static void plantInTheLog() {
    sql("update queue_offsets set next_offset = next_offset + 1 where partition_no = 5");
    books.topics.ends.computeIfPresent(
        books.log.topic(),
        (_, ends) -> {
          ends[6] += 9;
          return ends;
        });
  }

  private static byte[] ones() {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) 1);
    return bytes;
  }

  private static void copyPosting(int n, String id, String orderNo, long fen) {
    sql(
        "insert into postings select act_id, ?, activity_id, purse, debit_account, credit_account,"
            + " ?, ?, posted_at from postings where order_no = ? limit 1",
        id,
        fen,
        orderNo,
        no(n));
    sql("update balances set booked_fen = booked_fen + ? where act_id = ?", fen, of(n).actId());
  }

  private static void copyOrder(int from, int to, String state, String bookedAt) {
    sql(
        "insert into orders (act_id, order_no, parent_activity_id, activity_id, stage, scene_id,"
            + " rain_id, award_type, given_type, reward_id, title, fallback, amount_fen,"
            + " requested_amount_fen, budget_id, lease_id, counted_lease_id, partition_no,"
            + " fingerprint, state, app_id, token_key_id, open_time, accepted_at, booked_at)"
            + " select ?, ?, parent_activity_id, activity_id, stage, scene_id, rain_id, award_type,"
            + " given_type, reward_id, title, fallback, amount_fen, requested_amount_fen, budget_id,"
            + " lease_id, 0, partition_no, fingerprint, "
            + state
            + ", app_id, token_key_id, open_time, accepted_at, "
            + bookedAt
            + " from orders where order_no = ?",
        10_000L + to,
        no(to),
        no(from));
  }

  /// The order was told and is in no table; its unit is counted no more.
  private static void moveAway(int n) {
    sql("create table moved_away as select * from orders where order_no = ?", no(n));
    sql("delete from orders where order_no = ?", no(n));
    sql(
        "update lease_booked set booked = booked - 88 where partition_no ="
            + " (select partition_no from moved_away)");
  }

  private static void repair() {
    List<String> wrong = new ArrayList<>(List.of(no(10), no(11), no(12), no(17)));
    wrong.forEach(order -> sql("delete from postings where order_no = ?", order));
    sql("delete from postings where posting_id = 'nobody#1'");
    sql(
        "update balances set booked_fen = 88, income_fen = 88 where act_id in (?, ?, ?, ?, ?)",
        of(10).actId(),
        of(11).actId(),
        of(12).actId(),
        of(13).actId(),
        of(14).actId());
    for (int n : new int[] {10, 11, 12}) {
      sql(
          "insert into postings select ?, ?, activity_id, purse, debit_account,"
              + " concat('user:', ?, ':', activity_id, ':1'), 88, ?, posted_at from postings"
              + " where order_no = ?",
          of(n).actId(),
          no(n) + "#1",
          of(n).actId(),
          no(n),
          no(20));
    }
    sql("update lease_booked set booked = booked - 6 where partition_no = 3");
    sql("update budgets set free = free + 400");
    sql("update conflicts set state = 9");
    sql("delete from orders where order_no in (?, ?)", no(PARKED), no(UNTOLD));
    sql("delete from postings where order_no = ?", no(UNTOLD));
    sql("delete from balances where act_id = ?", 10_000L + UNTOLD);
    sql(
        "update lease_booked set booked = booked - 88 where partition_no = ?",
        dev.lantern.ordercenter.queue.Partitions.of(10_000 + UNTOLD, AuditedBooks.PARTITIONS));
    books.tokens.stored.clear();
    sql("delete from manifest_rows where order_no = ?", no(17));
    sql("update manifest_rows set amount_fen = 88, award_type = ?", CASH);
    sql("update queue_offsets set next_offset = next_offset - 1 where partition_no = 5");
    sql("update queue_offsets set next_offset = next_offset + 9 where partition_no = 6");
    books.book(List.of(unbooked()), books.now());
    outside.repair();
  }
}
