package dev.lantern.controlplane.ratelimit.decide;

import java.util.concurrent.atomic.AtomicInteger;

/// Whether the store answers. While it does not, calls are not made to wait for it: what cannot be
/// decided is said so at once, and the gateway's own backstop takes over.
public final class Standing {
  /// So many requests in a row without an answer, and it counts as gone: two of each lane, since
  /// one pause of the store fails them all at once.
  public static final int PATIENCE = 8;

  private final AtomicInteger failures = new AtomicInteger(PATIENCE);

  /// Counts as gone until it has answered once.
  public boolean answers() {
    return failures.get() < PATIENCE;
  }

  /// A request, or a probe, was not answered.
  public void failed() {
    failures.updateAndGet(some -> Math.min(PATIENCE, some + 1));
  }

  /// A request, or a probe, was answered.
  public void answered() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }
}
