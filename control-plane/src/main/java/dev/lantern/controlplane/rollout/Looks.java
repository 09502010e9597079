package dev.lantern.controlplane.rollout;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How many may look at what an edit would do at once: each look runs an Envoy for every group, and
/// whoever changes nothing may look. Edits run one at a time and never wait for a look.
final class Looks {
  static final int AT_ONCE = 2;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private final Duration patience;

  /// @param patience how long a look waits for another to end
  Looks(Duration patience) {
    this.patience = patience;
  }

  /// Looks, or refuses with LIMITED.
  <T> T at(Supplier<T> look) {
    if (!free()) {
      throw Refused.of(Reason.REASON_LIMITED, "too many look at once")
          .rule("policy.looks")
          .retryAfter(RETRY);
    }
    try {
      return look.get();
    } finally {
      free.release();
    }
  }

  private boolean free() {
    try {
      return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
