package dev.lantern.simulation.redis;

import dev.lantern.ordercenter.epoch.BucketEpoch;
import dev.lantern.ordercenter.epoch.EpochKeys;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// [EpochKeys] over [RedisState].
public final class SimEpochKeys implements EpochKeys {
  private final RedisState redis;

  public SimEpochKeys(RedisState redis) {
    this.redis = redis;
  }

  @Override
  public List<BucketEpoch> read() {
    return IntStream.range(0, TokenBuckets.COUNT).mapToObj(this::read).toList();
  }

  @Override
  public List<BucketEpoch> set(Collection<BucketEpoch> lost, String epochId, Instant now) {
    List<BucketEpoch> inForce = new ArrayList<>();
    for (BucketEpoch bucket : lost) {
      boolean sameServer = bucket.runId().equals(redis.runId());
      if (sameServer && redis.epochOf(bucket.bucket()) == null) {
        Instant toMillis = now.truncatedTo(ChronoUnit.MILLIS);
        redis.putEpoch(bucket.bucket(), new RedisState.SetEpoch(epochId, redis.runId(), toMillis));
      }
      inForce.add(read(bucket.bucket()));
    }
    return inForce;
  }

  private BucketEpoch read(int bucket) {
    return new BucketEpoch(
        bucket,
        redis.runId(),
        Optional.ofNullable(redis.epochOf(bucket))
            .map(epoch -> new BucketEpoch.Epoch(epoch.id(), epoch.setAt())));
  }
}
