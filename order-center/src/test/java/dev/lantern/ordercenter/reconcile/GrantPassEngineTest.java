package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.grant.Outbound;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.GrantRow;
import dev.lantern.ordercenter.settle.VirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Orders of things beside the rows of their grants, and both beside what the vendor says.
@Tag("engine")
final class GrantPassEngineTest {
  private static final long LEASE = 7;
  private static final int TICKET = AwardType.AWARD_TYPE_CINEMA_TICKET_VALUE;
  private static final int SHARE = 5;

  private static final AuditedBooks books = new AuditedBooks();
  private final KnowingVendor vendor = new KnowingVendor();
  private final VirtualThreads threads = new VirtualThreads();
  private final SeenSides seen = new SeenSides();
  private final AtomicInteger gate = new AtomicInteger(Integer.MAX_VALUE);
  private final List<Given> given =
      IntStream.range(0, 40).mapToObj(n -> Given.of(10_000 + n, 1, LEASE)).toList();
  private final Inquiry inquiry =
      new Inquiry(
          "cinema",
          vendor,
          new Outbound(
              "cinema",
              () -> gate.getAndDecrement() > 0 ? Duration.ZERO : Duration.ofMillis(50),
              1,
              books::moment),
          SHARE * 10,
          new SilentGrants(),
          books::moment);
  private final GrantPass pass =
      new GrantPass(
          List.of(inquiry),
          new GrantPass.Stores(
              new MysqlGrantAudit(books.ledger.database()),
              new MysqlMarks(books.ledger.database()),
              books.findings),
          threads,
          seen,
          books::moment,
          Duration.ofMinutes(10));
  private Leadership mine = new Leadership("nobody", 0);

  @BeforeEach
  void give() {
    books.reset();
    books.lease(LEASE);
    books.book(given, AuditedBooks.BOOKED_AT);
    // A ticket counts as one of its lease, and has no posting.
    sql("delete from postings");
    sql("delete from balances");
    sql("update orders set given_type = ?, amount_fen = 0", TICKET);
    for (Given one : given) {
      grant(one, 1, GrantRow.State.GRANTED);
      vendor.says.put(id(one, 1), new Answer.Granted("ref-" + one.actId()));
    }
    MysqlMarks seats = new MysqlMarks(books.ledger.database());
    mine = seats.take(seats.leader(), "test").orElseThrow();
  }

  @AfterEach
  void end() {
    threads.close();
  }

  @AfterAll
  static void close() {
    books.close();
  }

  @Test
  void everythingGivenOnce_isNoFinding_andEachIsAskedForOnce_withinTheShare() {
    compensated(given.get(0));
    books.pass(Duration.ofMinutes(11));
    pass.tick(mine);
    assertThat(vendor.asked).isEqualTo(SHARE);

    turns();
    assertThat(books.open()).isEmpty();
    assertThat(vendor.asked).isEqualTo(given.size());
    assertThat(rows()).isEmpty();
  }

  @Test
  void whatTheVendorDeniesOrGaveAllTheSame_isFoundWithItsClass_andClosedOnceItAgrees() {
    vendor.says.put(id(given.get(1), 1), new Answer.NotFound());
    vendor.says.put(id(given.get(2), 1), new Answer.Refused("REJECTED"));
    vendor.says.put(id(given.get(3), 1), new Answer.Granted("another"));
    compensated(given.get(4));
    vendor.says.put(id(given.get(4), 1), new Answer.Granted("all the same"));
    aside(given.get(5), 4, GrantRow.State.PARKED);
    aside(given.get(6), 9, GrantRow.State.DISCARDED);
    aside(given.get(7), 4, GrantRow.State.PARKED);
    vendor.says.put(id(given.get(7), 1), new Answer.NotFound());
    books.pass(Duration.ofMinutes(11));
    turns();

    assertThat(books.open())
        .extracting(f -> f.found().what(), f -> f.found().subject())
        .containsExactlyInAnyOrder(
            tuple(Discrepancy.GRANT_NOT_GIVEN, id(given.get(1), 1).text()),
            tuple(Discrepancy.GRANT_NOT_GIVEN, id(given.get(2), 1).text()),
            tuple(Discrepancy.GRANT_TWICE, id(given.get(3), 1).text()),
            tuple(Discrepancy.GRANT_COMPENSATED, id(given.get(4), 1).text()),
            tuple(Discrepancy.GRANT_UNRECORDED, id(given.get(5), 1).text()),
            tuple(Discrepancy.GRANT_UNRECORDED, id(given.get(6), 1).text()));

    given.forEach(one -> vendor.says.put(id(one, 1), new Answer.Granted("ref-" + one.actId())));
    vendor.says.put(id(given.get(4), 1), new Answer.Refused("REJECTED"));
    vendor.says.put(id(given.get(5), 1), new Answer.NotFound());
    vendor.says.put(id(given.get(6), 1), new Answer.NotFound());
    vendor.says.put(id(given.get(7), 1), new Answer.NotFound());
    turns();
    assertThat(books.open()).isEmpty();
  }

  @Test
  void ordersBesideTheirRows_missingAndTwice() {
    sql("delete from grants where act_id = ?", given.get(1).actId());
    grant(given.get(2), 2, GrantRow.State.GRANTED);
    // Money took its place, and it was given all the same.
    sql("update orders set given_type = 1, amount_fen = 20 where act_id = ?", given.get(3).actId());

    assertThat(rows())
        .extracting(Found::what, Found::subject)
        .containsExactlyInAnyOrder(
            tuple(Discrepancy.GRANT_MISSING, given.get(1).orderNo().text()),
            tuple(Discrepancy.GRANT_TWICE, given.get(2).orderNo().text()),
            tuple(Discrepancy.GRANT_TWICE, given.get(3).orderNo().text()));
  }

  @Test
  void orderThatWaitsForAVendorWhomNobodyAsks_isFound_andOneThatIsAskedIsNot() {
    for (Given one : given.subList(0, 2)) {
      sql("update orders set state = 5, booked_at = null where act_id = ?", one.actId());
      sql("update grants set state = 1, ended_at = null where act_id = ?", one.actId());
    }
    sql("delete from grants where act_id = ?", given.getFirst().actId());
    books.pass(Duration.ofMinutes(11));
    turns();

    assertThat(books.open())
        .extracting(f -> f.found().what(), f -> f.found().subject())
        .containsExactly(tuple(Discrepancy.GRANT_MISSING, given.getFirst().orderNo().text()));
  }

  @Test
  void closedGate_isNoAnswer_andNothingIsPassedOver() {
    vendor.says.put(id(given.get(1), 1), new Answer.NotFound());
    gate.set(0);
    books.pass(Duration.ofMinutes(11));
    turns();
    assertThat(vendor.asked).isZero();
    assertThat(books.open()).isEmpty();

    gate.set(Integer.MAX_VALUE);
    turns();
    assertThat(books.open()).hasSize(1);
  }

  @Test
  void vendorThatDoesNotAnswer_isAskedAFewTimes_andTheRestIsStillCompared() {
    vendor.says.put(id(given.get(0), 1), new Answer.Unknown("UNAVAILABLE"));
    vendor.says.put(id(given.get(39), 1), new Answer.NotFound());
    books.pass(Duration.ofMinutes(11));
    turns();

    assertThat(books.open())
        .extracting(f -> f.found().subject())
        .containsExactly(id(given.get(39), 1).text());
    assertThat(seen.skipped).isNotEmpty();
  }

  private void turns() {
    for (int turn = 0; turn < 40; turn++) {
      pass.tick(mine);
      books.pass(Duration.ofSeconds(2));
    }
  }

  private List<Found> rows() {
    return new ThingsAudit(books.ledger.database())
        .of(new Range.Booked(AuditedBooks.BOOKED_AT.minusSeconds(1), books.now()));
  }

  private static GrantId id(Given one, int step) {
    return new GrantId(one.actId(), one.orderNo().text(), step);
  }

  private void compensated(Given one) {
    sql("update grants set state = 3, reference = '' where act_id = ?", one.actId());
    sql(
        "update orders set given_type = 1, amount_fen = 20, compensated = true where act_id = ?",
        one.actId());
    vendor.says.put(id(one, 1), new Answer.Refused("SOLD_OUT"));
  }

  private void aside(Given one, int state, GrantRow.State grant) {
    sql("update orders set state = ?, booked_at = null where act_id = ?", state, one.actId());
    sql("update grants set state = ?, reference = '' where act_id = ?", grant.code(), one.actId());
    if (grant == GrantRow.State.PARKED) {
      sql("update grants set ended_at = null where act_id = ?", one.actId());
    }
  }

  private void grant(Given one, int step, GrantRow.State state) {
    sql(
        "insert into grants (act_id, order_no, step, downstream, award_type, template_id, reward_id,"
            + " activity_id, budget_id, lease_id, partition_no, units, state, reference, next_at,"
            + " created_at, ended_at) values (?, ?, ?, 'cinema', ?, 't-1', 'ticket', 'spring', '',"
            + " 0, 0, 0, ?, ?, ?, ?, ?)",
        one.actId(),
        one.orderNo().text(),
        step,
        TICKET,
        state.code(),
        "ref-" + one.actId(),
        AuditedBooks.BOOKED_AT,
        AuditedBooks.BOOKED_AT,
        AuditedBooks.BOOKED_AT);
  }

  private void sql(String sql, Object... args) {
    var _ = books.ledger.database().update(sql, args);
  }
}
