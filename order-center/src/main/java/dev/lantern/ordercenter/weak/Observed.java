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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The weak dependencies as accepting calls them, each call's outcome told to its breaker.
public final class Observed {
  private final Dependencies dependencies;

  public Observed(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  public AcceptLog log(AcceptLog log) {
    return new ObservedLog(log);
  }

  /// A signer that, while token-service is not used, gives payloads without a proof.
  public Signer signer(Signer signer) {
    return new ObservedSigner(signer);
  }

  public Promises promises(Promises promises) {
    return new ObservedPromises(promises);
  }

  private <T> T told(
      OrderSwitch dependency, Class<? extends RuntimeException> failure, Supplier<T> call) {
    return told(dependency, failure, 1, call);
  }

  /// One that stands for so many calls counts as all of them.
  private <T> T told(
      OrderSwitch dependency,
      Class<? extends RuntimeException> failure,
      int calls,
      Supplier<T> all) {
    try {
      T answer = all.get();
      for (int i = 0; i < calls; i++) {
        dependencies.succeeded(dependency);
      }
      return answer;
    } catch (RuntimeException e) {
      if (failure.isInstance(e)) {
        for (int i = 0; i < calls; i++) {
          dependencies.failed(dependency);
        }
      }
      throw e;
    }
  }

  private final class ObservedLog implements AcceptLog {
    private final AcceptLog log;

    ObservedLog(AcceptLog log) {
      this.log = log;
    }

    @Override
    public Appended append(LogName name, AcceptedOrder order) {
      return told(OrderSwitch.QUEUE, AppendUnknownException.class, () -> log.append(name, order));
    }

    @Override
    public List<Optional<Appended>> appendAll(LogName name, List<Entry> entries) {
      List<Optional<Appended>> ends = List.of();
      try {
        ends = log.appendAll(name, entries);
        return ends;
      } finally {
        for (int i = 0; i < entries.size(); i++) {
          if (i < ends.size() && ends.get(i).isPresent()) {
            dependencies.succeeded(OrderSwitch.QUEUE);
          } else {
            dependencies.failed(OrderSwitch.QUEUE);
          }
        }
      }
    }
  }

  private final class ObservedSigner implements Signer {
    private final Signer signer;

    ObservedSigner(Signer signer) {
      this.signer = signer;
    }

    @Override
    public SignedToken sign(Lane lane, ByteString payload) {
      return dependencies.uses(OrderSwitch.TOKENS)
          ? told(OrderSwitch.TOKENS, Refused.class, () -> signer.sign(lane, payload))
          : unproven(payload);
    }

    @Override
    public List<SignedToken> signAll(Lane lane, List<ByteString> payloads) {
      return dependencies.uses(OrderSwitch.TOKENS)
          ? told(
              OrderSwitch.TOKENS,
              Refused.class,
              payloads.size(),
              () -> signer.signAll(lane, payloads))
          : payloads.stream().map(ObservedSigner::unproven).toList();
    }

    private static SignedToken unproven(ByteString payload) {
      return SignedToken.newBuilder().setPayload(payload).build();
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

    @Override
    public List<Look> lookAll(Lane lane, List<OrderNo> orderNos) {
      return redis(orderNos.size(), () -> promises.lookAll(lane, orderNos));
    }

    @Override
    public List<Claim.Seen> claimAll(Lane lane, List<Claiming> claims) {
      return redis(claims.size(), () -> promises.claimAll(lane, claims));
    }

    @Override
    public List<StoredToken> keepAll(Lane lane, List<Keeping> tokens) {
      return redis(tokens.size(), () -> promises.keepAll(lane, tokens));
    }

    private <T> T redis(int calls, Supplier<T> all) {
      return told(OrderSwitch.REDIS, RedisUnavailableException.class, calls, all);
    }

    private <T> T redis(Supplier<T> call) {
      return told(OrderSwitch.REDIS, RedisUnavailableException.class, call);
    }
  }
}
