package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// [Promises] in memory, by the same steps as Redis; can be down, and can lose everything.
public final class MemoryPromises implements Promises {
  private final Map<String, ByteString> claims = new HashMap<>();
  private final Map<String, ByteString> tokens = new HashMap<>();
  private Optional<Epoch> epoch = Optional.of(new Epoch("first", Instant.EPOCH));
  private int failures;
  private boolean carriedOut;

  /// The next `count` calls fail; their step happens all the same when `carriedOut`.
  public synchronized void failNext(int count, boolean carriedOut) {
    this.failures = count;
    this.carriedOut = carriedOut;
  }

  /// All is lost; the new life is nameless until [#begin].
  public synchronized void lose() {
    claims.clear();
    tokens.clear();
    epoch = Optional.empty();
  }

  public synchronized void begin(Epoch life) {
    epoch = Optional.of(life);
  }

  /// As settlement does once the order is booked.
  public synchronized void removeToken(Lane lane, OrderNo orderNo) {
    tokens.remove(key(lane, orderNo));
  }

  public synchronized Optional<Claim> claimOf(Lane lane, OrderNo orderNo) {
    return Optional.ofNullable(claims.get(key(lane, orderNo))).map(Claim::of);
  }

  @Override
  public synchronized Look look(Lane lane, OrderNo orderNo) {
    fail();
    String key = key(lane, orderNo);
    return new Look(
        Optional.ofNullable(tokens.get(key)).map(MemoryPromises::token),
        Optional.ofNullable(claims.get(key)).map(Claim.Seen::of),
        epoch);
  }

  @Override
  public synchronized Claim.Seen claim(Lane lane, OrderNo orderNo, Claim claim, Instant expiresAt) {
    if (failing()) {
      claims.putIfAbsent(key(lane, orderNo), claim.toBytes());
      throw down();
    }
    fail();
    claims.putIfAbsent(key(lane, orderNo), claim.toBytes());
    return Claim.Seen.of(claims.getOrDefault(key(lane, orderNo), claim.toBytes()));
  }

  @Override
  public synchronized Optional<Claim.Seen> replace(
      Lane lane, OrderNo orderNo, Claim.Seen seen, Claim by) {
    fail();
    claims.replace(key(lane, orderNo), seen.bytes(), by.toBytes());
    return Optional.ofNullable(claims.get(key(lane, orderNo))).map(Claim.Seen::of);
  }

  @Override
  public synchronized StoredToken keep(Lane lane, OrderNo orderNo, StoredToken token) {
    if (failing()) {
      tokens.putIfAbsent(key(lane, orderNo), token.toByteString());
      throw down();
    }
    fail();
    tokens.putIfAbsent(key(lane, orderNo), token.toByteString());
    return token(tokens.getOrDefault(key(lane, orderNo), token.toByteString()));
  }

  @Override
  public synchronized Optional<StoredToken> improve(
      Lane lane, OrderNo orderNo, StoredToken seen, StoredToken by) {
    fail();
    tokens.replace(key(lane, orderNo), seen.toByteString(), by.toByteString());
    return Optional.ofNullable(tokens.get(key(lane, orderNo))).map(MemoryPromises::token);
  }

  private boolean failing() {
    if (failures > 0 && carriedOut) {
      failures--;
      return true;
    }
    return false;
  }

  private void fail() {
    if (failures > 0) {
      failures--;
      throw down();
    }
  }

  private static RedisUnavailableException down() {
    return new RedisUnavailableException("cut by the test", null);
  }

  private static String key(Lane lane, OrderNo orderNo) {
    return lane + " " + orderNo;
  }

  private static StoredToken token(ByteString bytes) {
    try {
      return StoredToken.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
