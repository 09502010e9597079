package dev.lantern.controlplane.ratelimit.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisRefusedException;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The counts in a Redis: one script takes for all keys of a request.
///
/// ```
/// lantern:{rl.5}:k:rain-grab-total        level, when it was that (us), unit and drain of its meter
/// lantern:{rl.5}:lane:<limiter>:<lane>    the number of the lane's last request, and its answer
/// ```
///
/// Keys fall into [#SHARDS] hash tags. A cluster gets a script for each tag in a request, each with
/// the lane's number; a single server gets one for all. A count is gone as soon as it is empty, a
/// lane a minute after its last request. Unit and drain are kept with the level so that an edit of
/// a rate keeps the hits that are counted, for as long as they count by the new rate; what is above
/// a lowered capacity is gone within a second ([Meter#drained]).
///
/// The clock is Redis's own. When it is set forward, or its data is lost, each key gets at most one
/// burst more; when it is set back, what was counted drains from then on by the new time.
public final class RedisBuckets implements Buckets {
  /// How many hash tags there are. Fixed: limiters must agree on it.
  static final int SHARDS = 8;

  private static final int ASK_BYTES = 6 * Double.BYTES;
  private static final int GIVEN_BYTES = 2 * Double.BYTES;

  /// KEYS: lane, then the keys. ARGV: number, asks (unit, drain, capacity, want, least, back:
  /// doubles). Gives {answers: hits, level, each a double}, empty for a number that is behind.
  ///
  /// A refusal writes nothing: the level that was written last, drained, is what it would write.
  /// After an edit of the rate it is kept for as long as the new rate needs.
  private static final Script TAKE =
      Script.of(
          """
          local number = tonumber(ARGV[1])
          local done = redis.call('GET', KEYS[1])
          if done then
            local last = struct.unpack('<d', done)
            if number == last then return {string.sub(done, 9)} end
            if number < last then return {''} end
          end
          local time = redis.call('TIME')
          local now = time[1] * 1000000 + time[2]
          local out, at = {}, 1
          for i = 2, #KEYS do
            local unit, drain, capacity, want, least, back
            unit, drain, capacity, want, least, back, at = struct.unpack('<dddddd', ARGV[2], at)
            local level, ahead, edited = 0, false, false
            local held = redis.call('GET', KEYS[i])
            if held then
              local since, counted
              level, since, counted = struct.unpack('<ddd', held)
              edited = counted ~= unit or #held < 32 or struct.unpack('<d', held, 25) ~= drain
              ahead = since > now
              if counted ~= unit then level = math.ceil(level / counted * unit) end
              local idle = math.max(0, now - since)
              local above = level - capacity
              if above > 0 then
                local quick = math.max(drain, math.ceil(above / 1000000))
                local settled = math.ceil(above / quick)
                level = math.max(capacity, level - idle * quick)
                idle = math.max(0, idle - settled)
              end
              if level <= capacity then level = math.max(0, level - idle * drain) end
            end
            level = math.max(0, level - back * unit)
            local hits = math.max(0, math.min(want, math.floor((capacity - level) / unit)))
            if hits < least then hits = 0 end
            level = level + hits * unit
            if hits > 0 or back > 0 or ahead then
              redis.call('SET', KEYS[i], struct.pack('<dddd', level, now, unit, drain),
                  'PX', math.ceil(level / drain / 1000) + 1000)
            elseif edited then
              redis.call('PEXPIRE', KEYS[i], math.ceil(level / drain / 1000) + 1000)
            end
            out[i - 1] = struct.pack('<dd', hits, math.min(level, capacity))
          end
          local answer = table.concat(out)
          redis.call('SET', KEYS[1], struct.pack('<d', number) .. answer, 'PX', 60000)
          return {answer}
          """);

  private final Redis redis;
  private final boolean clustered;

  /// @param clustered whether the keys of a script must share a hash tag
  public RedisBuckets(Redis redis, boolean clustered) {
    this.redis = redis;
    this.clustered = clustered;
  }

  @Override
  public List<Given> take(Lane lane, long number, List<Ask> asks, Duration within) {
    if (asks.isEmpty() || asks.size() > MOST_ASKS) {
      throw new IllegalArgumentException(asks.size() + " keys in one request");
    }
    try {
      return clustered
          ? byShard(lane, number, asks, within)
          : read(redis.eval(call(lane, number, 0, asks), within), asks.size());
    } catch (RedisUnavailableException | RedisRefusedException e) {
      throw new BucketsUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Given> byShard(Lane lane, long number, List<Ask> asks, Duration within) {
    var places = new ArrayList<List<Integer>>();
    for (int shard = 0; shard < SHARDS; shard++) {
      places.add(new ArrayList<>());
    }
    for (int i = 0; i < asks.size(); i++) {
      places.get(shard(asks.get(i).key())).add(i);
    }
    var calls = new ArrayList<Call>();
    for (int shard = 0; shard < SHARDS; shard++) {
      if (!places.get(shard).isEmpty()) {
        calls.add(call(lane, number, shard, places.get(shard).stream().map(asks::get).toList()));
      }
    }
    List<Reply> replies = redis.evalAll(calls, within);
    Given[] given = new Given[asks.size()];
    int reply = 0;
    for (List<Integer> place : places) {
      if (!place.isEmpty()) {
        List<Given> some = read(replies.get(reply++), place.size());
        for (int i = 0; i < place.size(); i++) {
          given[place.get(i)] = some.get(i);
        }
      }
    }
    return List.of(given);
  }

  private static Call call(Lane lane, long number, int shard, List<Ask> asks) {
    var keys = new ArrayList<String>(asks.size() + 1);
    keys.add(tag(shard) + "lane:" + lane.limiter() + ":" + lane.number());
    var packed = ByteBuffer.allocate(asks.size() * ASK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Ask ask : asks) {
      keys.add(tag(shard(ask.key())) + "k:" + ask.key());
      // Doubles are what Lua counts in; a meter's numbers are below 2^53.
      packed
          .putDouble((double) ask.meter().unit())
          .putDouble((double) ask.meter().drain())
          .putDouble((double) ask.meter().capacity())
          .putDouble((double) ask.want())
          .putDouble((double) ask.least())
          .putDouble((double) ask.back());
    }
    return Call.of(TAKE, keys, Long.toString(number).getBytes(UTF_8), packed.array());
  }

  private static List<Given> read(Reply reply, int asks) {
    byte[] answer = reply.getBytes(0);
    if (answer.length != asks * GIVEN_BYTES) {
      throw new BucketsUnavailableException("the request came after a later one");
    }
    var packed = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    var given = new ArrayList<Given>(asks);
    for (int i = 0; i < asks; i++) {
      given.add(new Given((long) packed.getDouble(), (long) packed.getDouble()));
    }
    return given;
  }

  private static int shard(String key) {
    int hash = key.hashCode() * 0x9E37_79B9;
    return (hash >>> 16) % SHARDS;
  }

  private static String tag(int shard) {
    return "lantern:{rl." + shard + "}:";
  }
}
