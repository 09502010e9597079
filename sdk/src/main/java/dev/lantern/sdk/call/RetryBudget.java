package dev.lantern.sdk.call;

import java.util.concurrent.atomic.AtomicLong;

/// How many retries a process may send: a share of its calls, and a small reserve for when there
/// are few. Whatever fails, the calls sent are at most `1 + share` times those asked for, plus the
/// reserve: a server that is down is not kept down by those who retry.
///
/// One budget for all calls to the same servers. Safe for use by many threads.
public final class RetryBudget {
  private static final long WHOLE = 1_000;

  private final long depositMillis;
  private final long mostMillis;
  private final AtomicLong millis;

  /// @param share of calls that may be retried, above 0, at most 1; 0.1 is usual
  /// @param reserve retries that may be sent at once after a quiet time, 1 to 1,000
  public RetryBudget(double share, int reserve) {
    if (!(share > 0 && share <= 1) || reserve < 1 || reserve > 1_000) {
      throw new IllegalArgumentException("a share in (0, 1] and a reserve of 1 to 1,000");
    }
    this.depositMillis = Math.max(1, Math.round(share * WHOLE));
    this.mostMillis = reserve * WHOLE;
    this.millis = new AtomicLong(mostMillis);
  }

  /// A call is made for the first time.
  void deposit() {
    millis.updateAndGet(had -> Math.min(mostMillis, had + depositMillis));
  }

  /// Whether another try may be sent; it is paid for then.
  boolean withdraw() {
    long had = millis.getAndUpdate(now -> now >= WHOLE ? now - WHOLE : now);
    return had >= WHOLE;
  }
}
