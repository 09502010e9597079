package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.RecordReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The accept log beside the books: 3,000 records of which each is an order, and then some of every
/// kind that is none.
@Tag("engine")
final class RecordPassEngineTest {
  private static final int PARTITION = 3;
  private static final long LEASE = 7;
  private static final long FENCED = 8;
  private static final long NOBODYS = 99;

  private static final AuditedBooks books = new AuditedBooks();
  private final MemoryPieces log = new MemoryPieces();
  private final SeenSides seen = new SeenSides();
  private final List<Given> given =
      IntStream.range(0, 3_000)
          .mapToObj(n -> Given.of(10_000 + n, 88, LEASE))
          .filter(one -> Partitions.of(one.actId(), AuditedBooks.PARTITIONS) == PARTITION)
          .toList();
  private final MysqlRecordMarks marks = new MysqlRecordMarks(books.ledger.database());
  private final RecordPass pass =
      new RecordPass(
          new RecordPass.Sources(log, books.topics, books.offsets, () -> List.of(books.log)),
          Lane.LANE_LIVE,
          new MysqlRecordAudit(books.ledger.database()),
          marks,
          books.findings,
          seen,
          books::moment);
  private Leadership mine = new Leadership("nobody", 0);

  @BeforeEach
  void book() {
    books.reset();
    books.lease(LEASE);
    books.lease(FENCED);
    books.book(given, AuditedBooks.BOOKED_AT);
    given.forEach(this::append);
    MysqlMarks seats = new MysqlMarks(books.ledger.database());
    mine = seats.take(seats.leader(), "test").orElseThrow();
  }

  @AfterAll
  static void close() {
    books.close();
  }

  @Test
  void everyRecordBooked_isNoFinding_andIsReadOnce() {
    // Above the watermark: not settlement's yet.
    append(user(0));
    watermark(log.end(PARTITION) - 1);
    turns();

    assertThat(books.open()).isEmpty();
    assertThat(seen.examined).isEqualTo(given.size());
    assertThat(marks.next(key())).isEqualTo(given.size());
    turns();
    assertThat(log.read).isEqualTo(given.size());
  }

  @Test
  void recordWithoutAnOrder_isFound_andClosedOnceItIsBooked() {
    // Duplicates, and for less: nothing is missing.
    append(given.get(0));
    append(given.get(1).withFen(20));
    // For more, and by another request, neither kept as a conflict.
    long more = append(given.get(2).withFen(200));
    long other = append(given.get(3).withRequested(5));
    long missing = append(user(0));
    // Of a fenced lease: below its end it was acknowledged, above it was not.
    long acknowledged = append(user(1).withLease(FENCED));
    append(user(2).withLease(FENCED));
    append(user(3).withLease(NOBODYS));
    sql(
        "update lease_booked set fenced = true, queue_end = ? where lease_id = ?",
        acknowledged + 1,
        FENCED);
    long garbage = log.end(PARTITION);
    log.put(
        PARTITION,
        new LogRecord.Unreadable(garbage, 77, "log:x", ByteString.EMPTY, "no promise", ""));
    watermark(log.end(PARTITION));
    turns();

    assertThat(books.open())
        .extracting(f -> f.found().what(), f -> f.found().subject(), f -> f.found().amountFen())
        .containsExactlyInAnyOrder(
            tuple(Discrepancy.RECORD_UNBOOKED, place(more), 200L),
            tuple(Discrepancy.RECORD_UNBOOKED, place(other), 88L),
            tuple(Discrepancy.RECORD_UNBOOKED, place(missing), 88L),
            tuple(Discrepancy.RECORD_UNBOOKED, place(acknowledged), 88L),
            tuple(Discrepancy.RECORD_UNBOOKED, place(garbage), 0L));

    books.book(List.of(user(0)), books.now());
    turns();
    assertThat(books.open())
        .extracting(f -> f.found().subject())
        .doesNotContain(place(missing))
        .hasSize(4);
  }

  @Test
  void recordParkedUnderItsPlace_isNoFinding() {
    long at = append(user(0));
    sql(
        "update orders set act_id = ?, order_no = ? where order_no = ?",
        user(0).actId(),
        RecordReader.placeName(at, new PartitionId(books.log, PARTITION)),
        given.get(5).orderNo().text());
    // What was moved away has left a gap; its record is the only finding.
    watermark(log.end(PARTITION));
    turns();

    assertThat(books.open())
        .extracting(f -> f.found().orderNo())
        .containsExactly(given.get(5).orderNo().text());
  }

  @Test
  void withoutKafka_nothingIsCompared_andThePassGoesOnWhereItWas() {
    long missing = append(user(0));
    watermark(log.end(PARTITION));
    log.away = true;
    turns();
    assertThat(seen.skipped).contains(RecordPass.NAME);
    assertThat(marks.next(key())).isZero();

    log.away = false;
    books.pass(Duration.ofSeconds(11));
    turns();
    assertThat(seen.skipped).isEmpty();
    assertThat(books.open()).extracting(f -> f.found().subject()).containsExactly(place(missing));
  }

  @Test
  void whoHasLostTheLead_writesNothing() {
    append(user(0));
    watermark(log.end(PARTITION));
    MysqlMarks seats = new MysqlMarks(books.ledger.database());
    assertThat(seats.take(seats.leader(), "another")).isPresent();

    assertThat(lost()).isPresent();
    assertThat(books.open()).isEmpty();
    assertThat(marks.next(key())).isZero();
  }

  private Optional<LeadershipLost> lost() {
    try {
      pass.tick(mine);
      return Optional.empty();
    } catch (LeadershipLost e) {
      return Optional.of(e);
    }
  }

  /// The `n`th user of the partition who has no order.
  private static Given user(int n) {
    return Given.of(Given.user(n + 2_000, PARTITION, AuditedBooks.PARTITIONS), 88, LEASE);
  }

  private long append(Given one) {
    long offset = log.end(PARTITION);
    log.put(PARTITION, one.at(offset));
    return offset;
  }

  private void turns() {
    for (int turn = 0; turn < 3; turn++) {
      pass.tick(mine);
      books.pass(Duration.ofSeconds(11));
    }
  }

  private void watermark(long next) {
    sql("update queue_offsets set next_offset = ? where partition_no = ?", next, PARTITION);
  }

  private String place(long offset) {
    return RecordJudge.place(new PartitionId(books.log, PARTITION), offset);
  }

  private OffsetRow.Key key() {
    return new OffsetRow.Key(books.log.topicId(), PARTITION);
  }

  private void sql(String sql, Object... args) {
    var _ = books.ledger.database().update(sql, args);
  }
}
