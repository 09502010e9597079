package dev.lantern.ordercenter.sweep;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// [TokenStore] by scripts.
///
/// A walk is `SCAN` on each server once, whatever buckets it holds: on one server one walk, on a
/// cluster one a node, found by the servers' run ids. Bounds: [#KEYS_A_STEP] keys looked at and
/// about as many maps read a call.
public final class RedisTokenStore implements TokenStore {
  private static final int KEYS_A_STEP = 500;
  private static final Script WHERE =
      Redis.script("return {string.match(redis.call('INFO', 'server'), 'run_id:(%x+)'), KEYS[1]}");
  private static final Script WALK =
      Redis.script(
          """
          local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
          return {page[1], page[2], KEYS[1]}
          """);
  private static final Script MAP = Redis.script("return redis.call('HVALS', KEYS[1])");
  private static final Script STILL_THERE =
      Redis.script(
          """
          return {redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] and 1 or 0}
          """);
  private static final Script REMOVE =
      Redis.script(
          """
          if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
            redis.call('HDEL', KEYS[1], ARGV[1])
          end
          return {}
          """);

  private final Redis redis;
  private final Lane lane;
  private final Pattern mapKey;

  public RedisTokenStore(Redis redis, Lane lane) {
    this.redis = redis;
    this.lane = lane;
    this.mapKey =
        Pattern.compile("lantern:\\{L" + lane.getNumber() + "\\.\\d+}:tokens:(\\d{1,19})");
  }

  @Override
  public List<Integer> entrances() {
    List<Reply> replies =
        redis.evalAll(
            IntStream.range(0, TokenBuckets.COUNT)
                .mapToObj(bucket -> Call.of(WHERE, TokenBuckets.epochKey(lane.getNumber(), bucket)))
                .toList());
    Map<String, Integer> servers = new HashMap<>();
    for (int bucket = 0; bucket < replies.size(); bucket++) {
      servers.putIfAbsent(replies.get(bucket).getString(0), bucket);
    }
    return List.copyOf(servers.values());
  }

  @Override
  public Page walk(int entrance, String cursor) {
    Reply page =
        redis.eval(
            WALK,
            TokenBuckets.epochKey(lane.getNumber(), entrance),
            Call.arg(cursor),
            Call.arg("lantern:{L" + lane.getNumber() + ".*}:tokens:*"),
            Call.arg(KEYS_A_STEP));
    List<String> keys =
        page.getBytesList(1).stream()
            .map(bytes -> ByteString.copyFrom(bytes).toStringUtf8())
            .filter(key -> mapKey.matcher(key).matches())
            .toList();
    List<StoredToken> tokens = new ArrayList<>();
    int unreadable = 0;
    for (List<byte[]> map : maps(keys)) {
      for (byte[] bytes : map) {
        Optional<StoredToken> token = read(ByteString.copyFrom(bytes));
        token.ifPresent(tokens::add);
        unreadable += token.isPresent() ? 0 : 1;
      }
    }
    return new Page(page.getString(0), tokens, unreadable);
  }

  private List<List<byte[]>> maps(List<String> keys) {
    List<List<byte[]>> maps = new ArrayList<>(keys.size());
    for (int from = 0; from < keys.size(); from += Redis.MAX_BATCH) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + Redis.MAX_BATCH));
      for (Reply reply : redis.evalAll(some.stream().map(key -> Call.of(MAP, key)).toList())) {
        List<byte[]> values = new ArrayList<>(reply.size());
        for (int i = 0; i < reply.size(); i++) {
          values.add(reply.getBytes(i));
        }
        maps.add(values);
      }
    }
    return maps;
  }

  @Override
  public List<StoredToken> ofUser(long actId) {
    return maps(List.of(TokenBuckets.tokensKey(lane.getNumber(), actId))).getFirst().stream()
        .map(bytes -> read(ByteString.copyFrom(bytes)))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public List<StoredToken> stillThere(Collection<StoredToken> tokens) {
    List<StoredToken> there = new ArrayList<>();
    for (List<StoredToken> some : inBatches(tokens)) {
      List<Reply> replies = redis.evalAll(some.stream().map(t -> call(STILL_THERE, t)).toList());
      for (int i = 0; i < some.size(); i++) {
        if (replies.get(i).getLong(0) == 1) {
          there.add(some.get(i));
        }
      }
    }
    return there;
  }

  @Override
  public void remove(Collection<StoredToken> tokens) {
    for (List<StoredToken> some : inBatches(tokens)) {
      redis.evalAll(some.stream().map(token -> call(REMOVE, token)).toList());
    }
  }

  private Call call(Script script, StoredToken token) {
    Promise promise = token.promise();
    return Call.of(
        script,
        TokenBuckets.tokensKey(lane.getNumber(), promise.actId()),
        Call.arg(promise.orderNo().text()),
        token.bytes().toByteArray());
  }

  private static List<List<StoredToken>> inBatches(Collection<StoredToken> tokens) {
    List<StoredToken> all = List.copyOf(tokens);
    List<List<StoredToken>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += Redis.MAX_BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + Redis.MAX_BATCH)));
    }
    return batches;
  }

  private static Optional<StoredToken> read(ByteString bytes) {
    try {
      var order = dev.lantern.acceptlog.v1.StoredToken.parseFrom(bytes).getOrder();
      return Optional.of(new StoredToken(RecordReader.promise(order, order.toByteString()), bytes));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
