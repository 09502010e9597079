package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.stores.redis.Redis;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Makes the rate of a downstream: counted in Redis up to [#EXACT_UP_TO] calls a second, where an
/// instance's share would be coarse and a call in fifty milliseconds of Redis is nothing; above it
/// this instance's share.
public final class Rates {
  static final int EXACT_UP_TO = 200;

  private final Redis redis;
  private final IntSupplier workers;
  private final Supplier<String> opIds;
  private final Clock clock;
  private volatile int alive = 1;

  /// Rates over one Redis.
  ///
  /// @param workers asks how many instances are alive, this one included
  /// @param opIds a name for each call, never given twice
  public Rates(Redis redis, IntSupplier workers, Supplier<String> opIds, Clock clock) {
    this.redis = redis;
    this.workers = workers;
    this.opIds = opIds;
    this.clock = clock;
  }

  public Rate of(String downstream, int perSecond) {
    Rate share = new SharedRate(perSecond, () -> alive, clock);
    return perSecond <= EXACT_UP_TO
        ? new RedisRate(redis, downstream, perSecond, opIds, share)
        : share;
  }

  /// Counts the instances anew; what was counted last holds where that fails.
  public void count() {
    alive = Math.max(1, workers.getAsInt());
  }
}
