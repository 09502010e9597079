package dev.lantern.ordercenter.epoch;

import dev.lantern.common.v1.Lane;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  /// The ids of topics of which some end is not passed yet.
  Set<String> topicsAhead(String epochId, Lane lane);

  /// Forgets the ends of a log that is gone: nobody will ever pass them. While an unclosed lease
  /// names it, the epoch is not settled all the same.
  void dropEnds(String epochId, String topicId);

  /// Marks the epoch settled if every one of its ends is passed and no unclosed lease names a topic
  /// that it has no ends of; true when it is settled now.
  boolean settleIfPassed(String epochId, Lane lane);

  /// The ledger's time, if orders were accepted without claims since this epoch's ends were read,
  /// and that is over: then ends must be read again. Until they are passed, a better promise may
  /// wait in the log beside a lesser one that is booked, and its token is all that tells.
  Optional<Instant> gapBehindUs(String epochId, Lane lane);

  /// Replaces the epoch's ends by ones read after `asOf`; it is not settled any more.
  void replaceEnds(String epochId, Instant asOf, List<End> ends);

  /// Where a partition of a log ended, read after the epoch's keys were set.
  record End(String topicId, int partition, long end) {}

  /// What is known of epochs.
  record Standing(Set<String> recorded, Set<String> settled) {}
}
