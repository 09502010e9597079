package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides calls under one key each, from what is held or by a question to the store.
public final class Limiter {
  private final Holdings holdings;
  private final LongSupplier nanos;

  public Limiter(Holdings holdings, LongSupplier nanos) {
    this.holdings = holdings;
    this.nanos = nanos;
  }

  /// Decides a call of so many hits, 0 being a look. Null: not yet; `waiter` is told within the
  /// budget of a call.
  public @Nullable Verdict take(String key, Meter meter, long hits, Waiter waiter) {
    long now = nanos.getAsLong();
    return holdings.of(key, meter, now).take(hits, now, waiter);
  }

  /// Gives hits back, once; whether that is on its way.
  public boolean giveBack(String key, Meter meter, long hits) {
    long now = nanos.getAsLong();
    return holdings.of(key, meter, now).giveBack(hits, now);
  }

  /// Whether a call under this key is known to be refused; takes nothing.
  public boolean isFull(String key, Meter meter) {
    return holdings.isFull(key, meter, nanos.getAsLong());
  }
}
