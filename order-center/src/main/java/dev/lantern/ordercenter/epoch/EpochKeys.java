package dev.lantern.ordercenter.epoch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The epoch keys of a lane's buckets, in Redis A. Each call is one bounded pipeline.
public interface EpochKeys {
  /// What every bucket says now.
  List<BucketEpoch> read();

  /// Gives these buckets an epoch where they have no valid one, and returns what they say then.
  ///
  /// Only on the very servers that were read: a sending that was held up, or is repeated, must not
  /// give a later life of Redis the id of an epoch that has been settled meanwhile.
  ///
  /// @param lost as they were read
  List<BucketEpoch> set(Collection<BucketEpoch> lost, String epochId, Instant now);
}
