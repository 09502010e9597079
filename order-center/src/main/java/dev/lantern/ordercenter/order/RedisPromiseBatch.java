package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Promises.Claiming;
import dev.lantern.ordercenter.order.Promises.Epoch;
import dev.lantern.ordercenter.order.Promises.Keeping;
import dev.lantern.ordercenter.order.Promises.Look;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The steps of [RedisPromises] for many orders: those of one bucket in one script, the scripts in
/// one pipeline.
///
/// A bucket's keys share their hash tag, so a script may touch all of them, and the bucket's epoch
/// is read once for all. What stands is sent back only where it is not what was sent: an empty
/// string says so.
final class RedisPromiseBatch {
  private static final Script LOOK =
      Script.of(
          TokenBuckets.EPOCH_OF
              + """
              local out = {epoch_of(KEYS[1])}
              for i = 1, #ARGV do
                out[2 * i] = redis.call('HGET', KEYS[2 * i], ARGV[i])
                out[2 * i + 1] = redis.call('GET', KEYS[2 * i + 1])
              end
              return out
              """);
  private static final Script CLAIM =
      Script.of(
          """
          local out = {}
          for i = 1, #KEYS do
            redis.call('SET', KEYS[i], ARGV[2 * i - 1], 'NX', 'PXAT', ARGV[2 * i])
            local stands = redis.call('GET', KEYS[i])
            if stands == ARGV[2 * i - 1] then stands = '' end
            out[i] = stands
          end
          return out
          """);
  private static final Script KEEP =
      Script.of(
          """
          local out = {}
          for i = 1, #KEYS do
            if redis.call('HSETNX', KEYS[i], ARGV[2 * i - 1], ARGV[2 * i]) == 1 then
              out[i] = ''
            else
              local stands = redis.call('HGET', KEYS[i], ARGV[2 * i - 1])
              if stands == ARGV[2 * i] then stands = '' end
              out[i] = stands
            end
          end
          return out
          """);

  private final Redis redis;

  RedisPromiseBatch(Redis redis) {
    this.redis = redis;
  }

  List<Look> look(Lane lane, List<OrderNo> orderNos) {
    List<Bucket> buckets = buckets(orderNos, Function.identity());
    List<Reply> replies =
        redis.evalAll(buckets.stream().map(bucket -> looking(lane, bucket, orderNos)).toList());
    Map<Integer, Look> looks = HashMap.newHashMap(orderNos.size());
    for (int b = 0; b < buckets.size(); b++) {
      Bucket bucket = buckets.get(b);
      Reply reply = replies.get(b);
      Optional<Epoch> epoch =
          TokenBuckets.epoch(reply.getReply(0))
              .map(e -> new Epoch(e.id(), Instant.ofEpochMilli(e.setAtMillis())));
      for (int i = 0; i < bucket.size(); i++) {
        looks.put(
            bucket.at(i),
            new Look(
                reply.findBytes(1 + 2 * i).map(RedisPromises::token),
                reply.findBytes(2 + 2 * i).map(ByteString::copyFrom).map(Claim.Seen::of),
                epoch));
      }
    }
    return inOrder(looks);
  }

  private static Call looking(Lane lane, Bucket bucket, List<OrderNo> orderNos) {
    List<String> keys = new ArrayList<>(1 + 2 * bucket.size());
    List<byte[]> args = new ArrayList<>(bucket.size());
    keys.add(TokenBuckets.epochKey(lane.getNumber(), bucket.id()));
    for (int item : bucket.items()) {
      OrderNo orderNo = orderNos.get(item);
      keys.add(RedisPromises.tokensKey(lane, orderNo));
      keys.add(RedisPromises.claimKey(lane, orderNo));
      args.add(Call.arg(orderNo.text()));
    }
    return new Call(LOOK, keys, args);
  }

  List<Claim.Seen> claim(Lane lane, List<Claiming> claims) {
    List<ByteString> sent = claims.stream().map(it -> it.claim().toBytes()).toList();
    return write(
        CLAIM,
        buckets(claims, Claiming::orderNo),
        i ->
            new Written(
                RedisPromises.claimKey(lane, claims.get(i).orderNo()),
                List.of(
                    sent.get(i).toByteArray(), Call.arg(claims.get(i).expiresAt().toEpochMilli()))),
        (i, stands) ->
            stands.length == 0
                ? new Claim.Seen(claims.get(i).claim(), sent.get(i))
                : Claim.Seen.of(ByteString.copyFrom(stands)));
  }

  List<StoredToken> keep(Lane lane, List<Keeping> tokens) {
    return write(
        KEEP,
        buckets(tokens, Keeping::orderNo),
        i ->
            new Written(
                RedisPromises.tokensKey(lane, tokens.get(i).orderNo()),
                List.of(
                    Call.arg(tokens.get(i).orderNo().text()), tokens.get(i).token().toByteArray())),
        (i, stands) -> stands.length == 0 ? tokens.get(i).token() : RedisPromises.token(stands));
  }

  private <T> List<T> write(
      Script script, List<Bucket> buckets, Function<Integer, Written> of, Standing<T> standing) {
    List<Call> calls = new ArrayList<>(buckets.size());
    for (Bucket bucket : buckets) {
      List<String> keys = new ArrayList<>(bucket.size());
      List<byte[]> args = new ArrayList<>(2 * bucket.size());
      for (int item : bucket.items()) {
        Written one = of.apply(item);
        keys.add(one.key());
        args.addAll(one.args());
      }
      calls.add(new Call(script, keys, args));
    }
    List<Reply> replies = redis.evalAll(calls);
    Map<Integer, T> all = new HashMap<>();
    for (int b = 0; b < buckets.size(); b++) {
      Bucket bucket = buckets.get(b);
      for (int i = 0; i < bucket.size(); i++) {
        // Nothing stands only when its expiry lies in the past by the server's clock.
        byte[] stands =
            replies
                .get(b)
                .findBytes(i)
                .orElseThrow(
                    () -> new RedisUnavailableException("what was written did not stand", null));
        all.put(bucket.at(i), standing.of(bucket.at(i), stands));
      }
    }
    return inOrder(all);
  }

  private static <T> List<T> inOrder(Map<Integer, T> all) {
    return IntStream.range(0, all.size()).mapToObj(all::get).toList();
  }

  private static <T> List<Bucket> buckets(List<T> items, Function<T, OrderNo> number) {
    Map<Integer, Bucket> found = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      int id = TokenBuckets.bucketOf(number.apply(items.get(i)).actId().value());
      found.computeIfAbsent(id, b -> new Bucket(b, new ArrayList<>())).items().add(i);
    }
    return List.copyOf(found.values());
  }

  /// A bucket and which of the items are in it.
  private record Bucket(int id, List<Integer> items) {
    int size() {
      return items.size();
    }

    int at(int i) {
      return items.get(i);
    }
  }

  /// One order's key and arguments.
  private record Written(String key, List<byte[]> args) {}

  /// What stands, of an item's place and the server's word.
  private interface Standing<T> {
    T of(int item, byte[] stands);
  }
}
