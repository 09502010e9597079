package dev.lantern.ordercenter.lane;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.util.List;

/// The lane's keys in Redis A: claims, tokens, epochs, days, rates. All begin with the lane's own
/// prefix, and each walk goes over the keys of one shard in steps.
public final class RedisTraces implements Traces {
  /// So many keys are looked at in one step.
  private static final int STEP = 2000;

  /// More steps than any Redis of ours has keys for; a walk ends by itself before.
  private static final int MOST_STEPS = 1_000_000;

  private static final Script WALK =
      Script.of(
          """
          local step = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
          if ARGV[4] == '1' then
            for _, key in ipairs(step[2]) do
              redis.call('UNLINK', key)
            end
          end
          return {step[1], #step[2]}
          """);

  private final Redis redis;
  private final Lane lane;
  private final boolean cluster;

  /// @param cluster whether there is more than one shard; each bucket then leads to its own
  public RedisTraces(Redis redis, Lane lane, boolean cluster) {
    this.redis = redis;
    this.lane = lane;
    this.cluster = cluster;
  }

  @Override
  public List<Trace> count() {
    long keys = 0;
    if (cluster) {
      // A shard holds several buckets: each one's own keys, so that none is counted twice.
      for (int bucket = 0; bucket < TokenBuckets.COUNT; bucket++) {
        keys += walk(bucket, bucketPattern(bucket), false);
      }
    } else {
      keys = walk(0, pattern(), false);
    }
    return keys == 0 ? List.of() : List.of(new Trace("keys", "redis-a", keys));
  }

  @Override
  public void delete() {
    for (int bucket = 0; bucket < (cluster ? TokenBuckets.COUNT : 1); bucket++) {
      var _ = walk(bucket, pattern(), true);
    }
  }

  private long walk(int bucket, String pattern, boolean delete) {
    String cursor = "0";
    long keys = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      Reply reply =
          redis.eval(
              WALK,
              TokenBuckets.epochKey(lane.getNumber(), bucket),
              Call.arg(cursor),
              Call.arg(pattern),
              Call.arg(STEP),
              Call.arg(delete ? "1" : "0"));
      keys += reply.getLong(1);
      cursor = reply.getString(0);
      if (cursor.equals("0")) {
        return keys;
      }
    }
    throw new IllegalStateException("the walk over the keys does not end");
  }

  private String pattern() {
    return "lantern:{L" + lane.getNumber() + ".*";
  }

  private String bucketPattern(int bucket) {
    return "lantern:{L" + lane.getNumber() + "." + bucket + "}:*";
  }
}
