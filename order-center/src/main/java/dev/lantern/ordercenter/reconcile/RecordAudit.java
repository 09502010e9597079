package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.LogRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the books say about records of the accept log. Each call is one read of the primary.
public interface RecordAudit {
  /// What is booked or set aside under these records' numbers.
  Books lookUp(List<LogRecord> records);

  /// From which offset on records of these leases are void in a partition; a lease that is not
  /// among the answers has no void records yet.
  ///
  /// Every acknowledged record lies below its lease's queue end (L4), so what lies there must be in
  /// the books, also long after the lease was fenced. What a lease that nobody knows has written
  /// was never acknowledged.
  Map<Long, Long> voidFrom(int partition, Collection<Long> leases);
}
