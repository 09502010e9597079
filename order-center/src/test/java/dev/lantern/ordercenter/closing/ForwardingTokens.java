package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.util.Collection;
import java.util.List;

/// A token store in front of another, for tests that change one call.
class ForwardingTokens implements TokenStore {
  private final TokenStore tokens;

  ForwardingTokens(TokenStore tokens) {
    this.tokens = tokens;
  }

  @Override
  public List<Integer> entrances() {
    return tokens.entrances();
  }

  @Override
  public Page walk(int entrance, String cursor) {
    return tokens.walk(entrance, cursor);
  }

  @Override
  public List<StoredToken> ofUser(long actId) {
    return tokens.ofUser(actId);
  }

  @Override
  public List<StoredToken> stillThere(Collection<StoredToken> some) {
    return tokens.stillThere(some);
  }

  @Override
  public void remove(Collection<StoredToken> some) {
    tokens.remove(some);
  }
}
