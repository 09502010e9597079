package dev.lantern.sdk.token;

import dev.lantern.token.v1.RedPacketToken;

/// Whether a signed token holds.
public sealed interface TokenVerdict {
  /// Signed by a key of its purpose and lane; what it says can be relied on.
  record Valid(RedPacketToken token) implements TokenVerdict {}

  /// Not to be relied on.
  record Refused(TokenProblem problem) implements TokenVerdict {}
}
