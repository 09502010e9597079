package dev.lantern.ordercenter.fund;

import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [Days] in Redis A: a hash a user, activity and day, beside the user's tokens in their bucket.
///
/// The hash is trusted when the bucket's epoch began before the day did, or when it was seeded in
/// this very epoch (field `#`). Amounts only rise, so running the script twice, or with an old
/// seed, changes nothing. It expires a day after its end.
public final class RedisDays implements Days {
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int MOST_SEEDS = 2_000;
  private static final Script RESERVE =
      Script.of(
          TokenBuckets.EPOCH_OF
              + """
              local epoch = epoch_of(KEYS[1])
              local seeded = ARGV[6] == '1'
              local sure = epoch[1] ~= '' and
                (epoch[2] < tonumber(ARGV[4]) or redis.call('HGET', KEYS[2], '#') == epoch[1])
              if not sure and not seeded then
                return {2}
              end
              for i = 7, #ARGV, 2 do
                local had = tonumber(redis.call('HGET', KEYS[2], ARGV[i]) or '0')
                if had < tonumber(ARGV[i + 1]) then
                  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
                end
              end
              if seeded and epoch[1] ~= '' then
                redis.call('HSET', KEYS[2], '#', epoch[1])
              end
              local sum = 0
              local mine = 0
              local all = redis.call('HGETALL', KEYS[2])
              for i = 1, #all, 2 do
                if all[i] == ARGV[1] then
                  mine = tonumber(all[i + 1])
                elseif all[i] ~= '#' then
                  sum = sum + tonumber(all[i + 1])
                end
              end
              local fits = 1
              if mine < tonumber(ARGV[2]) then
                if sum + tonumber(ARGV[2]) > tonumber(ARGV[3]) then
                  fits = 0
                else
                  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
                end
              end
              redis.call('PEXPIREAT', KEYS[2], ARGV[5])
              return {fits}
              """);

  private final Redis redis;

  public RedisDays(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Reserved reserve(Reservation ask, Optional<Map<String, Long>> seed) {
    int lane = ask.lane().getNumber();
    var day = ask.cap().day();
    Instant trusted = ask.begins().minus(CLOCKS_DIFFER);
    List<byte[]> args = new ArrayList<>();
    args.add(Call.arg(ask.orderNo()));
    args.add(Call.arg(ask.fen()));
    args.add(Call.arg(ask.cap().capFen()));
    args.add(Call.arg(trusted.toEpochMilli()));
    args.add(Call.arg(ask.ends().plus(KEPT).toEpochMilli()));
    args.add(Call.arg(seed.isPresent() ? 1 : 0));
    seed.orElse(Map.of()).entrySet().stream()
        .limit(MOST_SEEDS)
        .forEach(entry -> {
          args.add(Call.arg(entry.getKey()));
          args.add(Call.arg(entry.getValue()));
        });
    long answer =
        redis
            .evalAll(
                List.of(
                    Call.of(
                        RESERVE,
                        List.of(
                            TokenBuckets.epochKeyOf(lane, day.actId()),
                            TokenBuckets.dayKey(
                                lane, day.actId(), day.parentActivityId(), day.date().toString())),
                        args.toArray(byte[][]::new))))
            .getFirst()
            .getLong(0);
    return switch ((int) answer) {
      case 1 -> Reserved.ADMITTED;
      case 0 -> Reserved.OVER;
      default -> Reserved.UNSURE;
    };
  }
}
