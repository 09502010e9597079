package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.util.concurrent.ConcurrentHashMap;

/// The keys that this limiter knows something of: hot ones, full ones, and those being asked for.
///
/// A key that is none of these is forgotten with its answer, so the table is as large as the
/// trouble is. Past `most` an exact key is decided by a question for each call: right, only dearer.
/// A leased key is not as right without a place here, since what is taken ahead for it has nowhere
/// to be held: so it has one as long as there are fewer than twice `most`. There are few of them,
/// one for a rule or for a caller of it; users and addresses, of which there are many, are exact.
public final class Holdings {
  private static final long IDLE_NANOS = 1_000_000_000;

  private final ConcurrentHashMap<String, Holding> known = new ConcurrentHashMap<>();
  private final Asks asks;
  private final int most;

  /// @param most the exact keys something is known of, at once; as many leased ones besides
  public Holdings(Asks asks, int most) {
    this.asks = asks;
    this.most = most;
  }

  /// What is known of a key. An edited rule begins anew: its count is the store's.
  Holding of(String key, Meter meter, long nowNanos) {
    Holding held = known.get(key);
    if (held != null && held.counts(meter)) {
      return held;
    }
    var fresh = new Holding(key, meter, asks, nowNanos);
    if (held != null) {
      return known.replace(key, held, fresh) ? fresh : of(key, meter, nowNanos);
    }
    if (known.mappingCount() >= (meter.leaseNanos() > 0 ? 2L * most : most)) {
      return fresh;
    }
    Holding other = known.putIfAbsent(key, fresh);
    return other == null || !other.counts(meter) ? fresh : other;
  }

  /// Whether the key is known to be full: no need to take anything for a call that needs it.
  boolean isFull(String key, Meter meter, long nowNanos) {
    Holding held = known.get(key);
    return held != null && held.counts(meter) && held.isFull(nowNanos);
  }

  /// Forgets this one if nothing would be lost with it.
  void release(Holding holding, long nowNanos) {
    if (holding.isIdle(nowNanos, IDLE_NANOS)) {
      known.remove(holding.key(), holding);
    }
  }

  /// Forgets all that is idle.
  public void sweep(long nowNanos) {
    known.values().forEach(holding -> release(holding, nowNanos));
  }

  public int size() {
    return known.size();
  }
}
