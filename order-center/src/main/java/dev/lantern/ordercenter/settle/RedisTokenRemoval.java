package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisRefusedException;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// [TokenRemoval] from Redis A: one script a bucket, all in one pipeline.
///
/// A stored token holds the exact bytes of its order's record, so the script tells "its own
/// outcome" by finding the record's bytes in what is stored. It removes that or nothing; run twice
/// it does nothing more.
///
/// Bound: [#AT_ONCE] groups under way, each tried [#TRIES] times; what comes beyond that, or while
/// Redis is away, is left to the sweep.
public final class RedisTokenRemoval implements TokenRemoval {
  private static final int AT_ONCE = 16;
  private static final int TRIES = 3;
  private static final Script REMOVE =
      Redis.script(
          """
          local left = {}
          for i = 1, #KEYS do
            local stored = redis.call('HGET', KEYS[i], ARGV[2 * i - 1])
            if stored then
              if string.find(stored, ARGV[2 * i], 1, true) then
                redis.call('HDEL', KEYS[i], ARGV[2 * i - 1])
              else
                left[#left + 1] = i
              end
            end
          end
          return left
          """);

  private final Redis redis;
  private final Lane lane;
  private final Executor executor;
  private final SettleWatch watch;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  public RedisTokenRemoval(Redis redis, Lane lane, Executor executor, SettleWatch watch) {
    this.redis = redis;
    this.lane = lane;
    this.executor = executor;
    this.watch = watch;
  }

  @Override
  public void handled(Collection<Promise> promises) {
    if (promises.isEmpty() || !slots.tryAcquire()) {
      return;
    }
    executor.execute(() -> {
      try {
        removePatiently(promises);
      } finally {
        slots.release();
      }
    });
  }

  private void removePatiently(Collection<Promise> promises) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        removeNow(promises);
        return;
      } catch (RedisUnavailableException | RedisRefusedException e) {
        if (attempt == TRIES) {
          watch.unavailable("the removal of " + promises.size() + " tokens", e);
        }
      }
    }
  }

  /// The same, waiting until it is done.
  ///
  /// @throws RedisUnavailableException when it is not known to be done
  public void removeNow(Collection<Promise> promises) {
    Map<Integer, List<Promise>> byBucket =
        promises.stream().collect(Collectors.groupingBy(p -> TokenBuckets.bucketOf(p.actId())));
    redis.evalAll(byBucket.values().stream().map(this::call).toList());
  }

  private Call call(List<Promise> bucket) {
    List<String> keys = new ArrayList<>(bucket.size());
    byte[][] args = new byte[2 * bucket.size()][];
    int n = 0;
    for (Promise promise : bucket) {
      keys.add(TokenBuckets.tokensKey(lane.getNumber(), promise.actId()));
      args[n++] = Call.arg(promise.orderNo().text());
      args[n++] = promise.record().toByteArray();
    }
    return Call.of(REMOVE, keys, args);
  }
}
