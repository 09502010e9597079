package dev.lantern.ordercenter.epoch;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// [EpochKeys] by scripts: the run id of the server is read in the same step as the key, so the two
/// always belong together.
public final class RedisEpochKeys implements EpochKeys {
  private static final String RUN_ID =
      "local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')\n";
  private static final Script READ =
      Redis.script(
          RUN_ID
              + """
              local e = redis.call('HMGET', KEYS[1], 'epoch', 'run_id', 'set_at_ms')
              if e[1] and e[2] == run then
                return {run, e[1], e[3]}
              end
              return {run, '', '0'}
              """);
  private static final Script SET =
      Redis.script(
          RUN_ID
              + """
              local e = redis.call('HMGET', KEYS[1], 'epoch', 'run_id', 'set_at_ms')
              if e[1] and e[2] == run then
                return {run, e[1], e[3]}
              end
              if run ~= ARGV[3] then
                return {run, '', '0'}
              end
              redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'run_id', run, 'set_at_ms', ARGV[2])
              return {run, ARGV[1], ARGV[2]}
              """);

  private final Redis redis;
  private final Lane lane;

  public RedisEpochKeys(Redis redis, Lane lane) {
    this.redis = redis;
    this.lane = lane;
  }

  @Override
  public List<BucketEpoch> read() {
    List<Integer> all = IntStream.range(0, TokenBuckets.COUNT).boxed().toList();
    return run(all, all.stream().map(bucket -> call(READ, bucket)).toList());
  }

  @Override
  public List<BucketEpoch> set(Collection<BucketEpoch> lost, String epochId, Instant now) {
    return run(
        lost.stream().map(BucketEpoch::bucket).toList(),
        lost.stream()
            .map(bucket ->
                call(
                    SET,
                    bucket.bucket(),
                    Call.arg(epochId),
                    Call.arg(now.toEpochMilli()),
                    Call.arg(bucket.runId())))
            .toList());
  }

  private Call call(Script script, int bucket, byte[]... args) {
    return Call.of(script, TokenBuckets.epochKey(lane.getNumber(), bucket), args);
  }

  private List<BucketEpoch> run(List<Integer> buckets, List<Call> calls) {
    List<Reply> replies = redis.evalAll(calls);
    List<BucketEpoch> read = new ArrayList<>(buckets.size());
    for (int i = 0; i < buckets.size(); i++) {
      read.add(read(buckets.get(i), replies.get(i)));
    }
    return read;
  }

  private static BucketEpoch read(int bucket, Reply reply) {
    String id = reply.getString(1);
    return new BucketEpoch(
        bucket,
        reply.getString(0),
        id.isEmpty()
            ? Optional.empty()
            : Optional.of(new BucketEpoch.Epoch(id, Instant.ofEpochMilli(reply.getLong(2)))));
  }
}
