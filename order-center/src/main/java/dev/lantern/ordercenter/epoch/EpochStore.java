package dev.lantern.ordercenter.epoch;

import dev.lantern.common.v1.Lane;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Tables `redis_epochs` and `redis_epoch_ends`. Each call is one statement or one transaction,
/// bounded by the database's limits.
public interface EpochStore {
  /// Which of these epochs are recorded, and which of them are settled.
  Standing standing(Collection<String> epochIds);

  /// Records an epoch with its queue ends; says nothing when it is recorded already.
  void record(String epochId, Lane lane, String runId, Instant setAt, List<End> ends);

  /// Adds a log's ends to a recorded epoch; says nothing where there are some already.
  void addEnds(String epochId, List<End> ends);

  /// The ids of topics that unclosed leases name and that the epoch has no ends of.
  Set<String> topicsMissing(String epochId);

  /// Marks the epoch settled if every one of its ends is passed and no unclosed lease names a topic
  /// that it has no ends of; true when it is settled now.
  boolean settleIfPassed(String epochId, Lane lane);

  /// Where a partition of a log ended, read after the epoch's keys were set.
  record End(String topicId, int partition, long end) {}

  /// What is known of epochs.
  record Standing(Set<String> recorded, Set<String> settled) {}
}
