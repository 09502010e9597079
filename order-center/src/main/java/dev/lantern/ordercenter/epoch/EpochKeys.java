package dev.lantern.ordercenter.epoch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The epoch keys of a lane's buckets, in Redis A. Each call is one bounded pipeline.
public interface EpochKeys {
  /// What every bucket says now.
  List<BucketEpoch> read();

  /// Gives these buckets an epoch where they have no valid one, and returns the one in force.
  List<BucketEpoch> set(Collection<Integer> buckets, String epochId, Instant now);
}
