package dev.lantern.ordercenter.present;

import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.SignedToken;

/// Tells tokens of ours from inventions.
@FunctionalInterface
public interface TokenCheck {
  /// Whether a token holds, from what is at hand.
  ///
  /// @throws dev.lantern.runtime.errors.Refused DEPENDENCY_DOWN when no key was ever read
  TokenVerdict verify(SignedToken token);
}
