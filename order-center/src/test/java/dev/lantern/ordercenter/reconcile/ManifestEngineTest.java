package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.settle.Given;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A manifest beside the books: what is a difference, and when it is one.
@Tag("engine")
final class ManifestEngineTest {
  private static final long LEASE = 7;
  private static final Given COMPENSATED = Given.of(10_001, 20, LEASE);
  private static final Given REISSUED = Given.of(10_002, 88, LEASE);
  private static final Given REFUSED = Given.of(10_003, 88, LEASE);
  private static final Given PLAIN = Given.of(10_004, 88, LEASE);

  private final AuditedBooks books = new AuditedBooks();

  @BeforeEach
  void book() {
    books.lease(LEASE);
    books.book(List.of(COMPENSATED, REISSUED, REFUSED, PLAIN), AuditedBooks.BOOKED_AT);
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void compensatedOrder_isNoDifference_whereTheThingWasTold() {
    sql("update orders set compensated = true where act_id = ?", COMPENSATED.actId());
    refusedThing(COMPENSATED);
    Manifest manifest =
        manifest(
            line(COMPENSATED, AwardType.AWARD_TYPE_CINEMA_TICKET, true),
            line(PLAIN, AwardType.AWARD_TYPE_CINEMA_TICKET, true));

    assertThat(books.manifests.told(manifest, "", 100).found())
        .extracting(Found::what, Found::subject)
        .containsExactly(tuple(Discrepancy.AWARD_DIFFERS, PLAIN.orderNo().text()));
  }

  @Test
  void reissuedOrder_isNotUnknownToUpstream() {
    paid(REISSUED, 2);
    paid(REFUSED, 2);
    // Not paid: the row of another reissue that was refused tells nothing.
    paid(PLAIN, 4);
    Manifest manifest =
        manifest(
            line(REFUSED, AwardType.AWARD_TYPE_CASH_RED_PACKET, false),
            line(COMPENSATED, AwardType.AWARD_TYPE_CASH_RED_PACKET, true));

    assertThat(books.manifests.told(manifest, "", 100).found()).isEmpty();
    assertThat(books.manifests.untold(manifest, "", 100, books.now()).found())
        .extracting(Found::subject)
        .containsExactly(PLAIN.orderNo().text());
  }

  @Test
  void runOverAManifest_waitsForSettlement_andWhatComesLateClosesItsFinding() {
    Given late = Given.of(10_005, 88, LEASE);
    Manifest manifest = manifest(line(late, AwardType.AWARD_TYPE_CASH_RED_PACKET, true));
    books.topics.ends.put(books.log.topic(), new long[] {0, 0, 0, 0, 0, 0, 9, 0});
    RunStore.Wish wish =
        new RunStore.Wish(
            "now", "operator", "a trial", MysqlMarks.BEGINNING, books.now(), manifest.id());
    var run = books.runs.create(wish, books.now());
    // Asked for later, over nothing that is waited for.
    var later =
        books.runs.create(
            new RunStore.Wish("later", "operator", "a trial", MysqlMarks.BEGINNING, books.now(), 0),
            books.now());
    Reconciler reconciler = books.reconciler("first");
    reconciler.tick();
    reconciler.tick();
    assertThat(books.runs.find(run.id()).orElseThrow().ended()).isEmpty();
    assertThat(books.runs.find(later.id()).orElseThrow().ended()).isPresent();
    assertThat(missing()).isEmpty();

    sql("update queue_offsets set next_offset = 9 where partition_no = 6");
    reconciler.tick();
    assertThat(books.runs.find(run.id()).orElseThrow().ended()).isPresent();
    assertThat(missing()).extracting(Finding::state).containsExactly(Finding.State.OPEN);

    books.book(List.of(late), books.now());
    books.pass(Duration.ofSeconds(11));
    reconciler.tick();
    assertThat(missing()).extracting(Finding::state).containsExactly(Finding.State.CLEARED);
  }

  private List<Finding> missing() {
    Filter filter = new Filter(Optional.of(Discrepancy.MISSING_ORDER), Optional.empty(), "", 0);
    return books.findings.list(filter, Long.MAX_VALUE, 10);
  }

  private Manifest manifest(Manifest.Line... lines) {
    var submitted =
        books.manifests.submit(
            new Manifest.Draft(
                "told", "spring", new Manifest.Scope.Round("rain-a7f3", 1), "upstream", "operator"),
            Stream.of(lines).toList(),
            books.now());
    return ((Manifest.Submitted.Kept) submitted).manifest();
  }

  private static Manifest.Line line(Given given, AwardType type, boolean accepted) {
    return new Manifest.Line(given.orderNo().text(), given.actId(), type, given.fen(), accepted);
  }

  private void refusedThing(Given given) {
    sql(
        "insert into grants (act_id, order_no, step, downstream, award_type, template_id, reward_id,"
            + " activity_id, budget_id, lease_id, partition_no, units, state, next_at, created_at)"
            + " values (?, ?, 1, 'cinema', ?, 't-1', 'ticket', 'spring', '', 0, 5, 0, 3,"
            + " utc_timestamp(6), utc_timestamp(6))",
        given.actId(),
        given.orderNo().text(),
        AwardType.AWARD_TYPE_CINEMA_TICKET_VALUE);
  }

  private void paid(Given given, int state) {
    sql(
        "insert into reissue_rows (reissue_id, row_no, act_id, order_no, entitled,"
            + " child_activity_id, given_type, reward_id, title, budget_id, amount_fen,"
            + " requested_fen, state, note) values ('owed', ?, ?, ?, false, 'c', 1, 'r', 't', 'b',"
            + " 88, 0, ?, '')",
        given.actId() - 10_000,
        given.actId(),
        given.orderNo().text(),
        state);
  }

  private void sql(String sql, Object... args) {
    var _ = books.ledger.database().update(sql, args);
  }
}
