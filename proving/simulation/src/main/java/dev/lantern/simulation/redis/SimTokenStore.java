package dev.lantern.simulation.redis;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// [TokenStore] over [RedisState], walked a few tokens at a time, and the removal of booked ones.
public final class SimTokenStore implements TokenStore, HandledTokens {
  private static final int PAGE = 8;
  private static final String END = "~";

  private final RedisState redis;

  public SimTokenStore(RedisState redis) {
    this.redis = redis;
  }

  @Override
  public List<Integer> entrances() {
    return List.of(0);
  }

  @Override
  public Page walk(int entrance, String cursor) {
    String after = cursor.equals(START) ? "" : cursor;
    List<StoredToken> tokens = new ArrayList<>();
    String last = END;
    for (Map.Entry<String, dev.lantern.acceptlog.v1.StoredToken> entry :
        redis.tokens.tailMap(after, false).entrySet()) {
      if (tokens.size() == PAGE) {
        return new Page(last, tokens, 0);
      }
      tokens.add(read(entry.getValue()));
      last = entry.getKey();
    }
    return new Page(START, tokens, 0);
  }

  @Override
  public List<StoredToken> ofUser(long actId) {
    return redis.tokens.values().stream()
        .map(SimTokenStore::read)
        .filter(token -> token.promise().actId() == actId)
        .toList();
  }

  @Override
  public List<StoredToken> stillThere(Collection<StoredToken> tokens) {
    return tokens.stream().filter(this::isThere).toList();
  }

  @Override
  public void remove(Collection<StoredToken> tokens) {
    tokens.stream()
        .filter(this::isThere)
        .forEach(token -> redis.removeToken(token.promise().orderNo().text()));
  }

  @Override
  public void removeHandled(Collection<Promise> promises) {
    for (Promise promise : promises) {
      String number = promise.orderNo().text();
      var stored = redis.tokens.get(number);
      if (stored != null && stored.getOrder().toByteString().equals(promise.record())) {
        redis.removeToken(number);
      }
    }
  }

  private boolean isThere(StoredToken token) {
    var stored = redis.tokens.get(token.promise().orderNo().text());
    return stored != null && stored.toByteString().equals(token.bytes());
  }

  private static StoredToken read(dev.lantern.acceptlog.v1.StoredToken stored) {
    AcceptedOrder order = stored.getOrder();
    ByteString record = order.toByteString();
    return new StoredToken(RecordReader.promise(order, record), stored.toByteString());
  }
}
