package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Script;
import java.util.function.Supplier;

/// [SharedSceneRates.Count] in Redis: a hash a scene and second, gone ten seconds later.
///
/// Every call carries an op-id under which its first result is kept, so a script that is sent again
/// takes nothing more.
public final class RedisSceneCount implements SharedSceneRates.Count {
  private static final Script TAKE =
      Redis.script(
          """
          local first = redis.call('HGET', KEYS[1], ARGV[1])
          if first then return {tonumber(first)} end
          local taken = tonumber(redis.call('HGET', KEYS[1], 'taken') or '0')
          local left = math.max(0, tonumber(ARGV[3]) - taken)
          local granted = math.min(tonumber(ARGV[2]), left)
          redis.call('HSET', KEYS[1], 'taken', taken + granted, ARGV[1], granted)
          redis.call('PEXPIRE', KEYS[1], 10000)
          return {granted}
          """);

  private final Redis redis;
  private final Supplier<String> opIds;

  /// Counts in one Redis.
  ///
  /// @param opIds a name for each call, never given twice
  public RedisSceneCount(Redis redis, Supplier<String> opIds) {
    this.redis = redis;
    this.opIds = opIds;
  }

  @Override
  public int take(Lane lane, String sceneId, long second, int wanted, int perSecond) {
    String key = "lantern:{L" + lane.getNumber() + ".rate." + sceneId + "}:" + second;
    Call call =
        Call.of(TAKE, key, Call.arg("op:" + opIds.get()), Call.arg(wanted), Call.arg(perSecond));
    return Math.toIntExact(redis.eval(call, PATIENCE).getLong(0));
  }
}
