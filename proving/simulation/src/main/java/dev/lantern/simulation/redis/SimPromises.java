package dev.lantern.simulation.redis;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Promises;
import java.time.Instant;
import java.util.Optional;

/// [Promises] over [RedisState]. A claim's bytes are its op-id here: that alone tells one write of
/// it from another.
public final class SimPromises implements Promises {
  private final RedisState redis;

  public SimPromises(RedisState redis) {
    this.redis = redis;
  }

  @Override
  public Look look(Lane lane, OrderNo orderNo) {
    return new Look(
        Optional.ofNullable(redis.tokens.get(orderNo.text())),
        Optional.ofNullable(redis.claims.get(orderNo.text())),
        Optional.ofNullable(redis.epochOfUser(orderNo.actId().value()))
            .map(epoch -> new Epoch(epoch.id(), epoch.setAt())));
  }

  @Override
  public Claim.Seen claim(Lane lane, OrderNo orderNo, Claim claim, Instant expiresAt) {
    Claim.Seen stands = redis.claims.get(orderNo.text());
    if (stands != null) {
      return stands;
    }
    Claim.Seen mine = seen(claim);
    redis.putClaim(orderNo.text(), mine);
    return mine;
  }

  @Override
  public Optional<Claim.Seen> replace(Lane lane, OrderNo orderNo, Claim.Seen seen, Claim by) {
    Claim.Seen stands = redis.claims.get(orderNo.text());
    if (stands != null && stands.bytes().equals(seen.bytes())) {
      redis.putClaim(orderNo.text(), seen(by));
    }
    return Optional.ofNullable(redis.claims.get(orderNo.text()));
  }

  @Override
  public StoredToken keep(Lane lane, OrderNo orderNo, StoredToken token) {
    StoredToken stands = redis.tokens.get(orderNo.text());
    if (stands != null) {
      return stands;
    }
    redis.putToken(orderNo.text(), token);
    return token;
  }

  @Override
  public Optional<StoredToken> improve(
      Lane lane, OrderNo orderNo, StoredToken seen, StoredToken by) {
    StoredToken stands = redis.tokens.get(orderNo.text());
    if (stands != null && stands.equals(seen)) {
      redis.putToken(orderNo.text(), by);
    }
    return Optional.ofNullable(redis.tokens.get(orderNo.text()));
  }

  private static Claim.Seen seen(Claim claim) {
    return new Claim.Seen(claim, ByteString.copyFromUtf8(claim.opId()));
  }
}
