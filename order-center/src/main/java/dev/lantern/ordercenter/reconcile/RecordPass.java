package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogUnavailableException;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.LogPieces;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.OffsetStore;
import dev.lantern.ordercenter.settle.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Accepted log ↔ orders: every record below the watermark that settlement has booked up to is an
/// order, a conflict, a duplicate of one, or void. It reads the log a second time, on its own, in
/// pieces of [#PIECE] records, at most [#PIECES_A_TICK] of them a turn.
///
/// The watermark is read before the books: it moves in the transaction that books, so what lies
/// below it is in every later read. The topic's id is asked for after the log was read (S2).
///
/// Without Kafka nothing is compared, and the watch is told; the pass goes on where it was. Called
/// about once a second by one thread.
final class RecordPass {
  static final String NAME = "records";
  static final int PIECE = 1_000;
  static final int PIECES_A_TICK = 24;
  private static final int MOST_OPEN = 200;
  private static final Duration REST = Duration.ofSeconds(10);
  private static final Set<Discrepancy> CLASSES = EnumSet.of(Discrepancy.RECORD_UNBOOKED);

  private final LogPieces pieces;
  private final Topics topics;
  private final OffsetStore offsets;
  private final Supplier<List<LogName>> logs;
  private final Lane lane;
  private final RecordJudge judge;
  private final RecordMarks marks;
  private final FindingStore findings;
  private final SidesWatch watch;
  private final Clock clock;
  private long restUntilNanos = Long.MIN_VALUE;
  private long recheckAtNanos = Long.MIN_VALUE;

  /// What the pass reads.
  ///
  /// @param logs the generations of the lane
  record Sources(
      LogPieces pieces, Topics topics, OffsetStore offsets, Supplier<List<LogName>> logs) {}

  RecordPass(
      Sources sources,
      Lane lane,
      RecordAudit audit,
      RecordMarks marks,
      FindingStore findings,
      SidesWatch watch,
      Clock clock) {
    this.pieces = sources.pieces();
    this.topics = sources.topics();
    this.offsets = sources.offsets();
    this.logs = sources.logs();
    this.lane = lane;
    this.judge = new RecordJudge(audit);
    this.marks = marks;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
  }

  void tick(Leadership mine) {
    Moment now = clock.now();
    if (now.monotonicNanos() < restUntilNanos) {
      return;
    }
    try {
      follow(mine);
      if (now.monotonicNanos() >= recheckAtNanos) {
        recheckAtNanos = now.monotonicNanos() + REST.toNanos();
        recheck(mine);
      }
      watch.back(NAME);
    } catch (LogUnavailableException away) {
      restUntilNanos = clock.now().monotonicNanos() + REST.toNanos();
      watch.skipped(NAME, String.valueOf(away.getMessage()));
    }
  }

  private void follow(Leadership mine) {
    int left = PIECES_A_TICK;
    long behind = 0;
    List<OffsetRow> rows = offsets.rows(lane);
    for (LogName log : logs.get()) {
      for (OffsetRow row : rows) {
        if (row.topicId().equals(log.topicId())) {
          PartitionId id = new PartitionId(log, row.partition());
          long at = marks.next(row.key());
          for (long before = -1; left > 0 && before < at && at < row.nextOffset(); left--) {
            before = at;
            at = piece(mine, id, at, row.nextOffset());
          }
          behind += Math.max(0, row.nextOffset() - at);
        }
      }
    }
    watch.behind(NAME, behind);
  }

  /// Compares a piece and moves the mark past it; where to go on. It stays where it is while the
  /// topic is another one, or gone: the log's own pass tells what is lost.
  private long piece(Leadership mine, PartitionId id, long from, long watermark) {
    Optional<LogPieces.Piece> read = read(id, from, watermark, PIECE);
    if (read.isEmpty() || read.get().next() <= from) {
      return from;
    }
    LogPieces.Piece piece = read.get();
    watch.examined(NAME, piece.records().size());
    watch.recorded(
        NAME, findings.record(mine, judge.unbooked(id, piece.records()), clock.now().wall()));
    marks.advance(mine, new OffsetRow.Key(id.log().topicId(), id.partition()), piece.next());
    return piece.next();
  }

  private Optional<LogPieces.Piece> read(PartitionId id, long from, long until, int atMost) {
    LogName log = id.log();
    if (topics.idOf(log.topic()).filter(log.topicId()::equals).isEmpty()) {
      return Optional.empty();
    }
    LogPieces.Piece piece = pieces.read(log, id.partition(), from, until, atMost);
    boolean same = topics.idOf(log.topic()).filter(log.topicId()::equals).isPresent();
    return same ? Optional.of(piece) : Optional.empty();
  }

  /// Reads the records of open findings again, and closes what is in the books by now. A record
  /// that the log no longer holds stays open: an operator resolves it.
  private void recheck(Leadership mine) {
    List<Long> cleared = new ArrayList<>();
    for (Finding finding : findings.open(CLASSES, 0, MOST_OPEN)) {
      String[] place = finding.found().subject().split("/", 3);
      logs.get().stream()
          .filter(log -> place.length == 3 && log.topic().equals(place[0]))
          .findFirst()
          .map(log -> new PartitionId(log, Integer.parseInt(place[1])))
          .filter(id -> isBooked(id, Long.parseLong(place[2])))
          .ifPresent(_ -> cleared.add(finding.id()));
    }
    findings.clear(mine, cleared, Recheck.NO_LONGER, clock.now().wall());
  }

  private boolean isBooked(PartitionId id, long offset) {
    return read(id, offset, offset + 1, 1)
        .map(LogPieces.Piece::records)
        .filter(records -> !records.isEmpty())
        .filter(records -> judge.unbooked(id, records).isEmpty())
        .isPresent();
  }
}
