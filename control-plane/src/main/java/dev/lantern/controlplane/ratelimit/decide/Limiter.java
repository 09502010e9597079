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

  /// The moment, as [#take] wants it.
  public long now() {
    return nanos.getAsLong();
  }

  /// Decides a call of so many hits, 0 being a look. Null: not yet; `waiter` is told within the
  /// budget of a call.
  ///
  /// @param begunNanos when the call began that this is for: of several keys that it needs one
  ///   after the other, each has what the ones before have left of the budget
  public @Nullable Verdict take(
      String key, Meter meter, long hits, long begunNanos, Waiter waiter) {
    long now = nanos.getAsLong();
    return holdings.of(key, meter, now).take(hits, now, begunNanos, waiter);
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
