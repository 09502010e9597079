package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.Optional;

/// What token-service says of the tokens that it signed for a lane. Each call ends within a
/// deadline of its own, with an exception when token-service does not answer.
public interface Signatures {
  Signed signed();

  /// Has nothing more signed in this lane until an operator lets it go on. May be repeated.
  void halt(String reason);

  /// The signed-root log's sum.
  ///
  /// @param since when the first of them was signed; empty while none is
  record Signed(long tokens, Optional<Instant> since) {}
}
