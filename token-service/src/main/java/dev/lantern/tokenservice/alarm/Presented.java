package dev.lantern.tokenservice.alarm;

import java.util.concurrent.atomic.AtomicLongArray;

/// Remembers some of the orders whose tokens were presented, to notice those that come again. Each
/// has one place of [#PLACES] and pushes out what was there: it may forget, and mistakes one in
/// 2^47 for another. Only alarms go by it. Safe for many threads.
public final class Presented {
  private static final int PLACES = 1 << 16;

  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  /// Whether this order's token came before, as far as remembered; it did from now on.
  ///
  /// @param digest the first 8 bytes of its order number's hash
  public boolean again(long digest) {
    return places.getAndSet((int) (digest & (PLACES - 1)), digest) == digest;
  }
}
