package dev.lantern.ordercenter.grant;

import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// A rate counted once for all instances, in Redis and by Redis's clock: exact, however many there
/// are and however they come and go. For low rates, where an instance's share would be less than a
/// call at a time.
///
/// The generic cell rate algorithm, as [SharedRate]; every call carries an op-id under which its
/// first result is kept, so a script that is sent again takes nothing more. While Redis is away the
/// share of this instance holds instead.
final class RedisRate implements Rate {
  private static final long MICROS = 1_000_000;

  private static final Script TAKE =
      Redis.script(
          """
          local first = redis.call('GET', KEYS[2])
          if first then return {tonumber(first)} end
          local time = redis.call('TIME')
          local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
          local due = tonumber(redis.call('GET', KEYS[1]) or '0')
          if due < now then due = now end
          local early = due - now - tonumber(ARGV[2])
          local result = 0
          if early > 0 then
            result = early
          else
            redis.call('SET', KEYS[1], string.format('%.0f', due + tonumber(ARGV[1])), 'PX', 60000)
          end
          redis.call('SET', KEYS[2], string.format('%.0f', result), 'PX', 10000)
          return {result}
          """);

  private final Redis redis;
  private final String key;
  private final byte[] interval;
  private final byte[] tolerance;
  private final Supplier<String> opIds;
  private final Rate share;

  /// A rate under the name of a downstream.
  ///
  /// @param opIds a name for each call, never given twice
  /// @param share what holds while Redis is away
  RedisRate(Redis redis, String downstream, int perSecond, Supplier<String> opIds, Rate share) {
    this.redis = redis;
    this.key = "lantern:{downstream." + downstream + "}:rate";
    long micros = MICROS / perSecond;
    this.interval = Call.arg(Long.toString(micros));
    this.tolerance =
        Call.arg(Long.toString(Math.min(micros, SharedRate.TOLERANCE.toNanos() / 1000)));
    this.opIds = opIds;
    this.share = share;
  }

  @Override
  public Duration take() {
    try {
      long micros =
          redis.eval(TAKE, List.of(key, key + ":" + opIds.get()), interval, tolerance).getLong(0);
      return Duration.ofNanos(micros * 1000);
    } catch (RedisUnavailableException away) {
      return share.take();
    }
  }
}
