package dev.lantern.ordercenter.inquiry;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Promises.Epoch;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Outstanding] in Redis A: the user's map and the life it is read in, in one step.
public final class RedisOutstanding implements Outstanding {
  private static final Logger LOG = LoggerFactory.getLogger(RedisOutstanding.class);
  private static final Script READ =
      Script.of(
          TokenBuckets.EPOCH_OF + "return {epoch_of(KEYS[1]), redis.call('HVALS', KEYS[2])}\n");

  private final Redis redis;

  public RedisOutstanding(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Tokens ofUser(Lane lane, long actId) {
    int number = lane.getNumber();
    Reply reply =
        redis
            .evalAll(
                List.of(
                    Call.of(
                        READ,
                        List.of(
                            TokenBuckets.epochKeyOf(number, actId),
                            TokenBuckets.tokensKey(number, actId)))))
            .getFirst();
    List<AcceptedOrder> orders = new ArrayList<>();
    for (byte[] token : reply.getBytesList(1)) {
      try {
        orders.add(StoredToken.parseFrom(token).getOrder());
      } catch (InvalidProtocolBufferException unreadable) {
        LOG.warn("a token of {}'s cannot be read", actId, unreadable);
      }
    }
    return new Tokens(
        orders,
        TokenBuckets.epoch(reply.getReply(0))
            .map(e -> new Epoch(e.id(), Instant.ofEpochMilli(e.setAtMillis()))));
  }
}
