package dev.lantern.sdk.token;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys that are asked for again: when they are older than token-service says, and for a key id
/// that is not among them, but then once in [#UNKNOWN_EVERY] at most, as anybody can present a
/// token with any id. While nobody answers, the last known ones stand, and are asked for once in
/// [#UNKNOWN_EVERY].
///
/// Of many threads one asks and waits, the others go on with what is known; while that is nothing
/// they wait, too, since without keys every good token would be called unknown. Safe for many
/// threads.
public final class RefreshingKeys implements KeySource {
  public static final Duration UNKNOWN_EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RefreshingKeys.class);

  private final Supplier<KeySet> fetch;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile State state;

  /// @param known what verifies until the first answer
  /// @param askedAt when it was asked for last, whatever came of it
  /// @param due when it is to be asked for again
  private record State(KeySet known, long askedAt, long due) {}

  /// @param fetch asks token-service, within a deadline of its own; may throw
  /// @param first what is known at the beginning, such as from a file; may be empty
  public RefreshingKeys(Supplier<KeySet> fetch, KeySet first, LongSupplier nanoTime) {
    this.fetch = fetch;
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.state = new State(first, now - UNKNOWN_EVERY.toNanos(), now);
  }

  @Override
  public KeySet with(String keyId) {
    State seen = state;
    long now = nanoTime.getAsLong();
    boolean unknown = !seen.known().knows(keyId) && now - seen.askedAt() >= UNKNOWN_EVERY.toNanos();
    if (unknown || now - seen.due() >= 0) {
      ask(seen);
    }
    return state.known();
  }

  private void ask(State seen) {
    if (seen.known().keys().isEmpty()) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return;
    }
    try {
      // Another may have asked meanwhile.
      if (state.askedAt() == seen.askedAt()) {
        state = asked(seen);
      }
    } finally {
      asking.unlock();
    }
  }

  private State asked(State seen) {
    KeySet known = seen.known();
    try {
      KeySet told = fetch.get();
      // No keys at all is no answer: it would disown everybody.
      known = told.keys().isEmpty() ? known : told.after(known);
    } catch (RuntimeException e) {
      LOG.warn("token-service does not tell its keys; the last known stay: {}", e.toString());
      long now = nanoTime.getAsLong();
      return new State(known, now, now + UNKNOWN_EVERY.toNanos());
    }
    long now = nanoTime.getAsLong();
    return new State(known, now, now + known.refresh().toNanos());
  }
}
