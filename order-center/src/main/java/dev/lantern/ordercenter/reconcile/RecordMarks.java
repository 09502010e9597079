package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.settle.OffsetRow;

/// How far each partition of the accept log has been compared with the books. Each call is one
/// short transaction.
public interface RecordMarks {
  /// The first offset not compared yet; 0 for a partition never seen.
  long next(OffsetRow.Key partition);

  /// Moves on.
  ///
  /// @throws LeadershipLost when it is another's to move
  void advance(Leadership mine, OffsetRow.Key partition, long to);
}
