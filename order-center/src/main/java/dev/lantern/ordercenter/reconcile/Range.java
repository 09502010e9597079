package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.List;

/// Which orders a look at the books is about.
sealed interface Range {
  /// What was booked after `after` and not after `until`.
  record Booked(Instant after, Instant until) implements Range {}

  /// Those, whether they exist or not; 1 to 500.
  record Keys(List<OrderKey> keys) implements Range {
    static final int MOST = 500;

    public Keys {
      keys = List.copyOf(keys);
      if (keys.isEmpty() || keys.size() > MOST) {
        throw new IllegalArgumentException("1 to " + MOST + " keys, not " + keys.size());
      }
    }
  }
}
