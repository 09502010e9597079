package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who books which partition and how far it is booked: tables `queue_offsets` and `settle_workers`.
/// Each call is one statement, bounded by the database's limits.
public interface OffsetStore {
  /// Adds the rows of a log at offset 0 that are not there yet.
  void ensureRows(LogName log);

  /// All rows of a lane.
  List<OffsetRow> rows(Lane lane);

  Optional<OffsetRow> row(PartitionId id);

  /// Takes a row over as it was seen: the next epoch is `worker`'s. Empty when the row has changed
  /// since.
  Optional<Long> take(OffsetRow seen, String worker);

  /// Gives a row up; says nothing when it is not ours any more.
  void release(Claim claim);

  /// Moves the seq of rows that are ours, so that nobody takes them.
  ///
  /// @return how many rows were still ours
  long touch(Collection<Claim> claims);

  /// Says that `worker` lives.
  void beat(String worker, Instant now);

  /// Each worker's seq.
  Map<String, Long> workers();

  /// Forgets a worker whose seq has stood still.
  void forget(String worker, long seq);
}
