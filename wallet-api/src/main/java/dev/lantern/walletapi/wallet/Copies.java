package dev.lantern.walletapi.wallet;

import dev.lantern.order.v1.EnteredToken;
import dev.lantern.token.v1.SignedToken;
import java.util.List;

/// Where clients' copies of tokens are handed in.
@FunctionalInterface
public interface Copies {
  /// Enters a user's copies, each order at most once; the answers are in their order. Ends within
  /// its deadline, throwing a [dev.lantern.runtime.errors.Refused] when nothing is known of any:
  /// calling again is harmless.
  List<EnteredToken> enter(long actId, List<SignedToken> tokens);
}
