package dev.lantern.stores.redis;

import java.util.Optional;

/// Where tokens, claims and epochs live in Redis A, and how a reader tells that Redis lost them.
///
/// Users fall into 64 buckets. A bucket's keys share a hash tag, so one script reads a user's token
/// map and the bucket's epoch in one step on one shard. The epoch key holds the run id of the
/// server that it was set on: a Redis that came back empty, or a replica that was promoted, looks
/// healthy but has another run id or no key, and its silence about an order then means nothing
/// (protocol rule W2).
///
/// ```
/// lantern:{L1.17}:epoch               hash {epoch, run_id, set_at_ms}
/// lantern:{L1.17}:tokens:<act_id>     hash order_no -> acceptlog.v1.StoredToken
/// lantern:{L1.17}:claim:<order_no>    acceptlog.v1.Claim
/// lantern:{L1.17}:day:<act_id>:<activity>:<date>   hash order_no -> fen, `#` -> epoch
/// ```
///
/// `lane` is the number of `lantern.common.v1.Lane`.
public final class TokenBuckets {

  /// How many buckets a lane has. Fixed: changing it loses every key.
  public static final int COUNT = 64;

  /// Lua to put at the head of a script: `epoch_of(key)` gives `{epoch, set_at_ms}` where the epoch
  /// was set on the very server that runs the script, and `{'', 0}` where it is missing or from
  /// another server. Read it back with [#epoch(Reply)].
  public static final String EPOCH_OF =
      """
      local function epoch_of(key)
        local e = redis.call('HMGET', key, 'epoch', 'run_id', 'set_at_ms')
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
        if e[1] and e[2] == run then
          return {e[1], tonumber(e[3])}
        end
        return {'', 0}
      end
      """;

  private TokenBuckets() {}

  /// A valid epoch of a bucket.
  public record Epoch(String id, long setAtMillis) {}

  /// The bucket of a user, 0 to 63; multiplied by the golden ratio so that consecutive ids spread.
  public static int bucketOf(long actId) {
    return (int) Math.floorMod((actId * 0x9E3779B97F4A7C15L) >>> 32, (long) COUNT);
  }

  public static String epochKey(int lane, int bucket) {
    return prefix(lane, bucket) + "epoch";
  }

  public static String epochKeyOf(int lane, long actId) {
    return epochKey(lane, bucketOf(actId));
  }

  public static String tokensKey(int lane, long actId) {
    return prefix(lane, bucketOf(actId)) + "tokens:" + actId;
  }

  public static String claimKey(int lane, long actId, String orderNo) {
    return prefix(lane, bucketOf(actId)) + "claim:" + orderNo;
  }

  /// What a user was promised on a day over a parent activity.
  public static String dayKey(int lane, long actId, String activityId, String date) {
    return prefix(lane, bucketOf(actId)) + "day:" + actId + ":" + activityId + ":" + date;
  }

  /// What [#EPOCH_OF] returned; empty: the bucket is young, its silence proves nothing.
  public static Optional<Epoch> epoch(Reply reply) {
    String id = reply.getString(0);
    return id.isEmpty() ? Optional.empty() : Optional.of(new Epoch(id, reply.getLong(1)));
  }

  private static String prefix(int lane, int bucket) {
    if (lane < 1 || bucket < 0 || bucket >= COUNT) {
      throw new IllegalArgumentException("no bucket " + bucket + " of lane " + lane);
    }
    return "lantern:{L" + lane + "." + bucket + "}:";
  }
}
