package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;

/// This instance's share of a rate: the total over the instances known alive. For rates so high
/// that asking Redis for each call would cost more than being a little off while an instance comes
/// or goes.
///
/// The generic cell rate algorithm: calls are due at even distances; one that is up to [#TOLERANCE]
/// early is let through.
final class SharedRate implements Rate {
  static final Duration TOLERANCE = Duration.ofMillis(100);
  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private final IntSupplier instances;
  private final Clock clock;
  private long dueNanos;
  private boolean begun;

  /// A share of a rate.
  ///
  /// @param instances how many share it, this one included; read at every call
  SharedRate(int perSecond, IntSupplier instances, Clock clock) {
    this.perSecond = perSecond;
    this.instances = instances;
    this.clock = clock;
  }

  @Override
  public synchronized Duration take() {
    long now = clock.now().monotonicNanos();
    if (!begun || dueNanos - now < 0) {
      dueNanos = now;
      begun = true;
    }
    long interval = SECOND * Math.max(1, instances.getAsInt()) / perSecond;
    long early = dueNanos - now - TOLERANCE.toNanos();
    if (early > 0) {
      return Duration.ofNanos(early);
    }
    dueNanos += interval;
    return Duration.ZERO;
  }
}
