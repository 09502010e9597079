package dev.lantern.ordercenter.weak;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.order.Signer;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.token.v1.SignedToken;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The weak dependencies as accepting calls them, each call's outcome told to its breaker.
public final class Observed {
  private final Dependencies dependencies;

  public Observed(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  public AcceptLog log(AcceptLog log) {
    return (LogName name, AcceptedOrder order) ->
        told(OrderSwitch.QUEUE, AppendUnknownException.class, () -> log.append(name, order));
  }

  /// A signer that, while token-service is not used, gives payloads without a proof.
  public Signer signer(Signer signer) {
    return (Lane lane, ByteString payload) ->
        dependencies.uses(OrderSwitch.TOKENS)
            ? told(OrderSwitch.TOKENS, Refused.class, () -> signer.sign(lane, payload))
            : SignedToken.newBuilder().setPayload(payload).build();
  }

  public Promises promises(Promises promises) {
    return new ObservedPromises(promises);
  }

  private <T> T told(
      OrderSwitch dependency, Class<? extends RuntimeException> failure, Supplier<T> call) {
    try {
      T answer = call.get();
      dependencies.succeeded(dependency);
      return answer;
    } catch (RuntimeException e) {
      if (failure.isInstance(e)) {
        dependencies.failed(dependency);
      }
      throw e;
    }
  }

  private final class ObservedPromises implements Promises {
    private final Promises promises;

    ObservedPromises(Promises promises) {
      this.promises = promises;
    }

    @Override
    public Look look(Lane lane, OrderNo orderNo) {
      return redis(() -> promises.look(lane, orderNo));
    }

    @Override
    public Claim.Seen claim(Lane lane, OrderNo orderNo, Claim claim, Instant expiresAt) {
      return redis(() -> promises.claim(lane, orderNo, claim, expiresAt));
    }

    @Override
    public Optional<Claim.Seen> replace(Lane lane, OrderNo orderNo, Claim.Seen seen, Claim by) {
      return redis(() -> promises.replace(lane, orderNo, seen, by));
    }

    @Override
    public StoredToken keep(Lane lane, OrderNo orderNo, StoredToken token) {
      return redis(() -> promises.keep(lane, orderNo, token));
    }

    @Override
    public Optional<StoredToken> improve(
        Lane lane, OrderNo orderNo, StoredToken seen, StoredToken by) {
      return redis(() -> promises.improve(lane, orderNo, seen, by));
    }

    private <T> T redis(Supplier<T> call) {
      return told(OrderSwitch.REDIS, RedisUnavailableException.class, call);
    }
  }
}
