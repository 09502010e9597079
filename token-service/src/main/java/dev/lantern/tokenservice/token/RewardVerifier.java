package dev.lantern.tokenservice.token;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.ProofRoots;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.log.LoggedRoots;
import dev.lantern.tokenservice.log.RootStore.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Verifies tokens of one lane as anybody can, and then looks for their roots in the log: a good
/// signature over a root that is not there was made by somebody else who has the key.
public final class RewardVerifier {
  private final TokenVerifier offline;
  private final LoggedRoots logged;
  private final Lane lane;

  public RewardVerifier(TokenVerifier offline, LoggedRoots logged, Lane lane) {
    this.offline = offline;
    this.logged = logged;
    this.lane = lane;
  }

  /// One verdict a token, in order.
  ///
  /// @throws dev.lantern.stores.sql.StoreException when the log cannot be read: nothing is said
  ///   then
  public List<TokenVerdict> verify(List<SignedToken> tokens) {
    List<TokenVerdict> verdicts = new ArrayList<>(tokens.size());
    Map<Integer, Root> roots = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      SignedToken token = tokens.get(i);
      TokenVerdict verdict = offline.verify(token);
      verdicts.add(verdict);
      switch (verdict) {
        case TokenVerdict.Valid _ -> roots.put(i, root(token));
        case TokenVerdict.Refused _ -> {}
      }
    }
    Set<Root> held = logged.held(Set.copyOf(roots.values()));
    roots.forEach((i, root) -> {
      if (!held.contains(root)) {
        verdicts.set(i, new TokenVerdict.Refused(TokenProblem.UNLOGGED));
      }
    });
    return verdicts;
  }

  private Root root(SignedToken token) {
    byte[] root =
        ProofRoots.of(lane, token)
            .orElseThrow(() -> new IllegalStateException("a valid token has a root"));
    return new Root(token.getKeyId(), ByteString.copyFrom(root));
  }
}
