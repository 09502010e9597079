package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [Promises] in Redis A, its scripts sent in pipelined batches.
///
/// Every script that writes compares values that carry an op-id or a signature, so running it twice
/// leaves and answers the same.
public final class RedisPromises implements Promises, AutoCloseable {
  private static final Script LOOK =
      Script.of(
          TokenBuckets.EPOCH_OF
              + """
              return {epoch_of(KEYS[1]), redis.call('HGET', KEYS[2], ARGV[1]), redis.call('GET', KEYS[3])}
              """);
  private static final Script CLAIM =
      Script.of(
          """
          redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PXAT', ARGV[2])
          return {redis.call('GET', KEYS[1])}
          """);
  private static final Script REPLACE =
      Script.of(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
          end
          return {redis.call('GET', KEYS[1])}
          """);
  private static final Script KEEP =
      Script.of(
          """
          redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
          if ARGV[3] ~= '0' then
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
          end
          return {redis.call('HGET', KEYS[1], ARGV[1])}
          """);
  private static final Script IMPROVE =
      Script.of(
          """
          if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
          end
          return {redis.call('HGET', KEYS[1], ARGV[1])}
          """);

  /// A token is never lost by age; a trial's may be.
  private static final Duration TRIALS_LAST = Duration.ofHours(24);

  private final Coalescer<Call, Reply> calls;

  public RedisPromises(Redis redis, Coalescer.Bounds bounds) {
    this.calls =
        new Coalescer<>(
            "redis-a", redis::evalAll, bounds, () -> new RedisUnavailableException("late", null));
  }

  @Override
  public Look look(Lane lane, OrderNo orderNo) {
    long actId = orderNo.actId().value();
    int number = lane.getNumber();
    Reply reply =
        calls.call(
            Call.of(
                LOOK,
                List.of(
                    TokenBuckets.epochKeyOf(number, actId),
                    TokenBuckets.tokensKey(number, actId),
                    claimKey(lane, orderNo)),
                Call.arg(orderNo.text())));
    return new Look(
        reply.findBytes(1).map(RedisPromises::token),
        reply.findBytes(2).map(ByteString::copyFrom).map(Claim.Seen::of),
        TokenBuckets.epoch(reply.getReply(0))
            .map(e -> new Epoch(e.id(), Instant.ofEpochMilli(e.setAtMillis()))));
  }

  @Override
  public Claim.Seen claim(Lane lane, OrderNo orderNo, Claim claim, Instant expiresAt) {
    byte[] mine = claim.toBytes().toByteArray();
    Reply reply =
        calls.call(
            Call.of(CLAIM, claimKey(lane, orderNo), mine, Call.arg(expiresAt.toEpochMilli())));
    // Nothing stands only when its expiry lies in the past by the server's clock.
    return reply
        .findBytes(0)
        .map(ByteString::copyFrom)
        .map(Claim.Seen::of)
        .orElseThrow(() -> new RedisUnavailableException("a claim did not stand", null));
  }

  @Override
  public Optional<Claim.Seen> replace(Lane lane, OrderNo orderNo, Claim.Seen seen, Claim by) {
    return calls
        .call(
            Call.of(
                REPLACE,
                claimKey(lane, orderNo),
                seen.bytes().toByteArray(),
                by.toBytes().toByteArray()))
        .findBytes(0)
        .map(ByteString::copyFrom)
        .map(Claim.Seen::of);
  }

  @Override
  public StoredToken keep(Lane lane, OrderNo orderNo, StoredToken token) {
    return token(
        calls
            .call(
                Call.of(
                    KEEP,
                    tokensKey(lane, orderNo),
                    Call.arg(orderNo.text()),
                    token.toByteArray(),
                    Call.arg(lane == Lane.LANE_STRESS ? TRIALS_LAST.toMillis() : 0)))
            .getBytes(0));
  }

  @Override
  public Optional<StoredToken> improve(
      Lane lane, OrderNo orderNo, StoredToken seen, StoredToken by) {
    Reply reply =
        calls.call(
            Call.of(
                IMPROVE,
                tokensKey(lane, orderNo),
                Call.arg(orderNo.text()),
                seen.toByteArray(),
                by.toByteArray()));
    return reply.findBytes(0).map(RedisPromises::token);
  }

  @Override
  public void close() {
    calls.close();
  }

  private static String claimKey(Lane lane, OrderNo orderNo) {
    return TokenBuckets.claimKey(lane.getNumber(), orderNo.actId().value(), orderNo.text());
  }

  private static String tokensKey(Lane lane, OrderNo orderNo) {
    return TokenBuckets.tokensKey(lane.getNumber(), orderNo.actId().value());
  }

  private static StoredToken token(byte[] bytes) {
    try {
      return StoredToken.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a token that is none", e);
    }
  }
}
