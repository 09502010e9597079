package dev.lantern.ordercenter.present;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A token map that a test fills, and takes away.
final class OwnTokens implements TokenStore {
  private final List<StoredToken> stored = new CopyOnWriteArrayList<>();
  volatile boolean away;

  void put(Given given) {
    stored.add(new StoredToken(given.promise(), ByteString.copyFromUtf8("token " + given)));
  }

  @Override
  public List<Integer> entrances() {
    return List.of();
  }

  @Override
  public Page walk(int entrance, String cursor) {
    return new Page(START, List.of(), 0);
  }

  @Override
  public List<StoredToken> ofUser(long actId) {
    if (away) {
      throw new RedisUnavailableException("cut by the test", null);
    }
    return stored.stream().filter(token -> token.promise().actId() == actId).toList();
  }

  @Override
  public List<StoredToken> stillThere(Collection<StoredToken> tokens) {
    return List.copyOf(tokens);
  }

  @Override
  public void remove(Collection<StoredToken> tokens) {
    stored.removeAll(tokens);
  }
}
