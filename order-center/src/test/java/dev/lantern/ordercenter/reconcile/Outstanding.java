package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Tokens of one server, in memory.
final class Outstanding implements TokenStore {
  final List<StoredToken> stored = new ArrayList<>();

  void put(Given given) {
    var token = dev.lantern.acceptlog.v1.StoredToken.newBuilder().setOrder(given.proto()).build();
    stored.add(new StoredToken(given.promise(), token.toByteString()));
  }

  @Override
  public List<Integer> entrances() {
    return List.of(0);
  }

  @Override
  public Page walk(int entrance, String cursor) {
    return new Page(START, List.copyOf(stored), 0);
  }

  @Override
  public List<StoredToken> ofUser(long actId) {
    return stored.stream().filter(token -> token.promise().actId() == actId).toList();
  }

  @Override
  public List<StoredToken> stillThere(Collection<StoredToken> tokens) {
    return tokens.stream().filter(stored::contains).toList();
  }

  @Override
  public void remove(Collection<StoredToken> tokens) {
    stored.removeAll(tokens);
  }
}
