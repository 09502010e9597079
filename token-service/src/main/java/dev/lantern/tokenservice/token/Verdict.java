package dev.lantern.tokenservice.token;

import dev.lantern.token.v1.RedPacketToken;

/// What verifying one presented token found.
public sealed interface Verdict {

  /// It holds; this is what it promises.
  record Valid(RedPacketToken token) implements Verdict {}

  /// It does not.
  record Refused(Problem problem) implements Verdict {}

  /// Why not; in the order in which they are looked for.
  enum Problem {
    /// No key has this id.
    UNKNOWN_KEY,
    /// The key signs for another purpose or lane.
    WRONG_PURPOSE,
    /// The proof is absent, of a kind not in use, or not over these bytes by this key.
    BAD_SIGNATURE,
    /// Signed, but not exactly one token.
    MALFORMED
  }
}
