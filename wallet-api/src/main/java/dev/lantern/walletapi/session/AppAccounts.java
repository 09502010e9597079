package dev.lantern.walletapi.session;

import java.time.Instant;

/// Who is who, and which assertions were spent. Answers within the store's own deadline or throws
/// its exception; then nothing is known, and the app makes another assertion.
public interface AppAccounts {
  /// Spends an assertion and tells its user's act_id, making one at the first session. At most one
  /// call ever gets [Entry.Known] or [Entry.Made] for an assertion.
  Entry enter(Assertion.Sound assertion);

  /// Forgets up to `limit` spent assertions that expired before `instant`; how many it were.
  long forgetSpent(Instant instant, int limit);

  /// What `enter` found.
  sealed interface Entry {
    /// A user who was here before.
    record Known(long actId) implements Entry {}

    /// A user's first session.
    record Made(long actId) implements Entry {}

    /// The assertion was spent before.
    record Replayed() implements Entry {}
  }
}
