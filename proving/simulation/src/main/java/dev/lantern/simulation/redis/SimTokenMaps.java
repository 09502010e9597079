package dev.lantern.simulation.redis;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.sdk.wallet.TokenMap;
import dev.lantern.sdk.wallet.TokenMaps;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// [TokenMaps] over [RedisState].
public final class SimTokenMaps implements TokenMaps {
  private final RedisState redis;

  public SimTokenMaps(RedisState redis) {
    this.redis = redis;
  }

  /// The same, where no answer is an answer: the map cannot be used.
  public static TokenMaps tellingSilence(TokenMaps remote) {
    return key -> {
      try {
        return remote.read(key);
      } catch (RedisUnavailableException down) {
        return new TokenMap.Unusable(TokenMap.Why.UNREACHABLE);
      }
    };
  }

  @Override
  public TokenMap read(WalletKey key) {
    RedisState.SetEpoch epoch = redis.epochOfUser(key.actId());
    if (epoch == null) {
      return new TokenMap.Unusable(TokenMap.Why.NO_EPOCH);
    }
    List<Promise> promises = new ArrayList<>();
    for (var stored : redis.tokens.values()) {
      AcceptedOrder order = stored.getOrder();
      boolean theirs =
          order.getActId() == key.actId()
              && order.getChildActivityId().equals(key.childActivityId())
              && order.getOutcome().getAward().getAmountFen() > 0;
      if (theirs) {
        Purse.of(order.getOutcome().getAward().getAwardType())
            .ifPresent(purse -> promises.add(promise(order, purse)));
      }
    }
    return new TokenMap.Read(epoch.id(), promises);
  }

  private static Promise promise(AcceptedOrder order, Purse purse) {
    return new Promise(
        order.getOrderNo(),
        purse,
        order.getOutcome().getAward().getAmountFen(),
        Instant.ofEpochSecond(order.getAcceptTime().getSeconds(), order.getAcceptTime().getNanos()),
        order.getOutcome().getAward().getTitle());
  }
}
