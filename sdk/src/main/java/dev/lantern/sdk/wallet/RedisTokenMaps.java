package dev.lantern.sdk.wallet;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.sdk.wallet.TokenMap.Why;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisRefusedException;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Token maps in Redis A.
///
/// The map, the epoch of its bucket and the answering server's run id come from one script (W2):
/// read apart, a server that lost its data in between would lend a valid epoch to an empty map. The
/// script changes nothing, so sending it again is harmless.
public final class RedisTokenMaps implements TokenMaps {
  /// More outstanding orders than this is not a user but a defect; the map is then not used.
  public static final int ENTRIES_MAX = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(RedisTokenMaps.class);

  private static final Script READ =
      Script.of(
          TokenBuckets.EPOCH_OF
              + """
              local epoch = epoch_of(KEYS[1])
              local size = redis.call('HLEN', KEYS[2])
              if size > tonumber(ARGV[1]) then
                return {epoch, size, {}}
              end
              return {epoch, size, redis.call('HGETALL', KEYS[2])}
              """);

  private final Redis redis;

  public RedisTokenMaps(Redis redis) {
    this.redis = redis;
  }

  @Override
  public TokenMap read(WalletKey key) {
    Reply reply;
    try {
      reply =
          redis.eval(
              READ,
              List.of(
                  TokenBuckets.epochKeyOf(key.lane(), key.actId()),
                  TokenBuckets.tokensKey(key.lane(), key.actId())),
              Call.arg(ENTRIES_MAX));
    } catch (RedisUnavailableException down) {
      return new TokenMap.Unusable(Why.UNREACHABLE);
    } catch (RedisRefusedException defect) {
      LOG.error("the token map script was refused", defect);

      return new TokenMap.Unusable(Why.UNREADABLE);
    }
    return TokenBuckets.epoch(reply.getReply(0))
        .map(epoch -> read(key, epoch.id(), reply))
        .orElseGet(() -> new TokenMap.Unusable(Why.NO_EPOCH));
  }

  private static TokenMap read(WalletKey key, String epochId, Reply reply) {
    if (reply.getLong(1) > ENTRIES_MAX) {
      LOG.error("act_id {} has {} tokens", key.actId(), reply.getLong(1));
      return new TokenMap.Unusable(Why.UNREADABLE);
    }
    Reply fieldsAndValues = reply.getReply(2);
    List<Promise> promises = new ArrayList<>();
    try {
      for (int i = 0; i < fieldsAndValues.size(); i += 2) {
        AcceptedOrder order = StoredToken.parseFrom(fieldsAndValues.getBytes(i + 1)).getOrder();
        if (!order.getOrderNo().equals(fieldsAndValues.getString(i))) {
          throw new InvalidProtocolBufferException("the entry is of another order number");
        }
        Accepted.promise(order, key).ifPresent(promises::add);
      }
    } catch (InvalidProtocolBufferException unreadable) {
      // One entry that cannot be read may be money: say "partial" rather than show too little.
      LOG.error("act_id {} has an unreadable token", key.actId(), unreadable);
      return new TokenMap.Unusable(Why.UNREADABLE);
    }
    return new TokenMap.Read(epochId, promises);
  }
}
