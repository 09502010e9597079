package dev.lantern.walletapi.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Forgets spent assertions that could no longer be presented.
///
/// They are kept [#KEPT] past their end: a row must outlive its assertion by every clock that
/// judges it. At most [#BATCHES_MAX] × [#BATCH] rows a run; what is left waits for the next, and no
/// run needs to be the only one.
public final class SpentSweeper {
  static final Duration KEPT = Duration.ofMinutes(10);
  static final int BATCH = 1000;
  static final int BATCHES_MAX = 20;

  private final AppAccounts accounts;
  private final InstantSource clock;

  public SpentSweeper(AppAccounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /// One run; how many rows went.
  public long sweep() {
    Instant before = clock.instant().minus(KEPT);
    long forgotten = 0;
    for (int i = 0; i < BATCHES_MAX; i++) {
      long batch = accounts.forgetSpent(before, BATCH);
      forgotten += batch;
      if (batch < BATCH) {
        break;
      }
    }
    return forgotten;
  }
}
