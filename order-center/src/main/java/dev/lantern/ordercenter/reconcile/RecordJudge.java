package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.GroupPlanner;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.ordercenter.settle.SetAside;
import dev.lantern.ordercenter.settle.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether records that settlement has passed are in the books: those are that settlement would do
/// nothing about if it met them again. So the rules are settlement's own ([GroupPlanner]), but for
/// one: whether a record is void is told by its place, not by what its lease has become since.
final class RecordJudge {
  private final RecordAudit audit;

  RecordJudge(RecordAudit audit) {
    this.audit = audit;
  }

  /// What is not in the books.
  List<Found> unbooked(PartitionId id, List<LogRecord> records) {
    List<LogRecord> live = live(id, records);
    if (live.isEmpty()) {
      return List.of();
    }
    var log = id.log();
    List<Verdict> verdicts =
        new GroupPlanner(log.lane(), id.partition(), log.partitions())
            .plan(live, audit.lookUp(live), Set.of(), new SetAside.Nothing());
    Map<LogRecord, Found> missing = new HashMap<>();
    for (Verdict verdict : verdicts) {
      missing(verdict, id).ifPresent(found -> missing.put(verdict.record(), found));
    }
    return withoutThoseKeptByPlace(id, missing);
  }

  private List<LogRecord> live(PartitionId id, List<LogRecord> records) {
    List<Long> leases =
        records.stream().map(RecordJudge::lease).flatMap(Optional::stream).distinct().toList();
    Map<Long, Long> voidFrom = audit.voidFrom(id.partition(), leases);
    return records.stream()
        .filter(record ->
            lease(record)
                .map(lease -> record.offset() < voidFrom.getOrDefault(lease, Long.MAX_VALUE))
                .orElse(true))
        .toList();
  }

  private static Optional<Long> lease(LogRecord record) {
    return switch (record) {
      case LogRecord.Promised(_, Promise promise, _) ->
          promise.leaseId() == 0 ? Optional.empty() : Optional.of(promise.leaseId());
      case LogRecord.Unreadable _ -> Optional.empty();
    };
  }

  private static Optional<Found> missing(Verdict verdict, PartitionId id) {
    return switch (verdict) {
      case Verdict.Known _, Verdict.KnownUnreadable _, Verdict.Voided _ -> Optional.empty();
      case Verdict.Book(var record, Promise promise, _) ->
          Optional.of(found(id, record, promise, "no such order"));
      case Verdict.Park(var record, Promise promise, _, String flaw) ->
          Optional.of(found(id, record, promise, "no such order, to be parked: " + flaw));
      case Verdict.Retry(var record, Promise promise, _, _) ->
          Optional.of(found(id, record, promise, "no such order"));
      case Verdict.Conflict(var record, Promise promise, _, var reason) ->
          Optional.of(found(id, record, promise, "no such conflict: " + reason));
      case Verdict.ParkUnreadable(var record) ->
          Optional.of(
              found(
                  id, record, new OrderKey(record.actId(), record.orderNo()), "", 0, record.why()));
    };
  }

  private static Found found(PartitionId id, LogRecord record, Promise promise, String detail) {
    return found(
        id,
        record,
        new OrderKey(promise.actId(), promise.orderNo().text()),
        promise.childActivityId(),
        promise.outcome().amount().value(),
        detail + ", accepted at " + promise.acceptedAt());
  }

  private static Found found(
      PartitionId id, LogRecord record, OrderKey order, String activity, long fen, String detail) {
    return new Found(
        Discrepancy.RECORD_UNBOOKED,
        place(id, record.offset()),
        activity,
        order.actId(),
        order.orderNo(),
        fen,
        1,
        detail,
        "",
        0);
  }

  /// Names a record for ever: a topic's name is never used twice.
  static String place(PartitionId id, long offset) {
    return id.log().topic() + "/" + id.partition() + "/" + offset;
  }

  /// What no column would take was parked under the name of its place.
  private List<Found> withoutThoseKeptByPlace(PartitionId id, Map<LogRecord, Found> missing) {
    List<LogRecord> byPlace = new ArrayList<>();
    for (LogRecord record : missing.keySet()) {
      switch (record) {
        case LogRecord.Promised promised ->
            byPlace.add(RecordReader.asUnreadable(promised, id, ""));
        case LogRecord.Unreadable _ -> {}
      }
    }
    Books books = byPlace.isEmpty() ? Books.UNREAD : audit.lookUp(byPlace);
    return missing.entrySet().stream()
        .filter(entry ->
            !books.orders().containsKey(RecordReader.placeName(entry.getKey().offset(), id)))
        .map(Map.Entry::getValue)
        .toList();
  }
}
