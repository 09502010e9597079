package dev.lantern.ordercenter.present;

import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.SignedToken;
import java.util.List;
import java.util.Optional;

/// Tells tokens of ours from inventions.
@FunctionalInterface
public interface TokenCheck {
  /// Whether a token holds, from what is at hand.
  ///
  /// @throws dev.lantern.runtime.errors.Refused DEPENDENCY_DOWN when no key was ever read
  TokenVerdict verify(SignedToken token);

  /// The same, empty where a token may hold and that cannot be told now: its key may be newer than
  /// those at hand. Whoever is told REFUSED throws its copy away, so it is said for certain only.
  default Optional<TokenVerdict> judge(SignedToken token) {
    return Optional.of(verify(token));
  }

  /// The last word on tokens that [#verify] found good, in their order, asked for before anything
  /// is paid for them; empty while it cannot be had. Where no log is kept of what was signed it is
  /// what [#verify] says.
  default Optional<List<TokenVerdict>> confirm(List<SignedToken> tokens) {
    return Optional.of(tokens.stream().map(this::verify).toList());
  }
}
