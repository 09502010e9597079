package dev.lantern.ordercenter.budget;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Makes lease ids: 41 bits of milliseconds, then 22 random bits, always rising within a process,
/// so that an id is never made twice by one holder, nor, but for one chance in four million in the
/// same millisecond, by two (and then the second grant is refused as a duplicate).
public final class LeaseIds {
  private static final int RANDOM_BITS = 22;

  private final LongSupplier random;
  private final AtomicLong last = new AtomicLong();

  /// A maker of ids.
  ///
  /// @param random any 64 random bits at each call
  public LeaseIds(LongSupplier random) {
    this.random = random;
  }

  public LeaseId next(Moment now) {
    long millis = now.wall().toEpochMilli() & ((1L << 41) - 1);
    long fresh = millis << RANDOM_BITS | random.getAsLong() >>> (Long.SIZE - RANDOM_BITS);
    return new LeaseId(last.updateAndGet(previous -> Math.max(previous + 1, fresh)));
  }
}
