package dev.lantern.ordercenter.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RedisTokenRemoval;
import dev.lantern.ordercenter.settle.SilentWatch;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// S5 and the sweep's walk on a real Redis.
@Tag("engine")
class RedisTokensEngineTest {
  private static final Script FLUSH = Redis.script("redis.call('FLUSHALL') return {KEYS[1]}");
  private static final Script PUT =
      Redis.script("redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) return {}");

  private final Engines engines = SharedEngines.with(Engine.REDIS_A);
  private final Redis redis =
      Redis.connect(
          RedisConfig.at(
                  engines.host(),
                  engines.port(Engine.REDIS_A),
                  new Secret(engines.redisPassword(Engine.REDIS_A)))
              .withCallTimeout(Duration.ofSeconds(5)),
          "tokens");
  private final RedisTokenStore store = new RedisTokenStore(redis, Lane.LANE_LIVE);
  private final RedisTokenRemoval removal =
      new RedisTokenRemoval(redis, Lane.LANE_LIVE, Runnable::run, new SilentWatch());

  @BeforeEach
  void flush() {
    redis.eval(FLUSH, "any");
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void handled_removesTheOrdersOwnToken() {
    Given given = Given.of(7, 50, 11);
    put(given);

    removal.handled(List.of(given.promise()));

    assertThat(all()).isEmpty();
  }

  @Test
  void handled_leavesATokenOfAnotherRecordOfTheNumber() {
    Given lesser = Given.of(7, 50, 11);
    Given better = lesser.withFen(90).withLease(12);
    put(better);

    removal.handled(List.of(lesser.promise()));
    assertThat(all()).extracting(StoredToken::promise).containsExactly(better.promise());

    removal.handled(List.of(better.promise(), lesser.promise()));
    assertThat(all()).isEmpty();
  }

  @Test
  void handled_manyUsersOfManyBuckets_removesAllAndNoOthers() {
    List<Given> handled = IntStream.range(100, 900).mapToObj(n -> Given.of(n, 5, 11)).toList();
    handled.forEach(this::put);
    Given other = Given.of(200, 5, 11).withRound(2);
    put(other);

    removal.handled(handled.stream().map(Given::promise).toList());

    assertThat(all()).extracting(StoredToken::promise).containsExactly(other.promise());
  }

  @Test
  void walk_overManyMapsAndOtherKeys_seesEveryTokenOnceOrMore() {
    List<Given> kept = IntStream.range(1_000, 2_500).mapToObj(n -> Given.of(n, 5, 11)).toList();
    kept.forEach(this::put);
    IntStream.range(0, 300)
        .forEach(n ->
            redis.eval(
                Redis.script("redis.call('SET', KEYS[1], 'x') return {}"),
                TokenBuckets.claimKey(1, n + 1, "order-" + n)));

    List<Promise> seen = all().stream().map(StoredToken::promise).distinct().toList();

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(kept.stream().map(Given::promise).toList());
    assertThat(store.entrances()).hasSize(1);
  }

  @Test
  void remove_tokenThatWasReplacedSinceItWasSeen_leavesIt() {
    Given first = Given.of(7, 50, 11);
    put(first);
    List<StoredToken> seen = all();
    put(first.withFen(60));

    assertThat(store.stillThere(seen)).isEmpty();
    store.remove(seen);

    assertThat(all()).extracting(StoredToken::promise).containsExactly(first.withFen(60).promise());
  }

  @Test
  void walk_entryThatIsNoToken_isCountedAndLeft() {
    redis.eval(
        PUT, TokenBuckets.tokensKey(1, 7), Call.arg("7_x_1_1_3"), Call.arg("no token at all"));

    TokenStore.Page page = store.walk(store.entrances().getFirst(), TokenStore.START);

    assertThat(page.tokens()).isEmpty();
    assertThat(page.unreadable()).isEqualTo(1);
  }

  private void put(Given given) {
    redis.eval(
        PUT,
        TokenBuckets.tokensKey(Lane.LANE_LIVE_VALUE, given.actId()),
        Call.arg(given.orderNo().text()),
        dev.lantern.acceptlog.v1.StoredToken.newBuilder()
            .setToken(
                SignedToken.newBuilder()
                    .setPayload(ByteString.copyFromUtf8("payload"))
                    .setSignature(ByteString.copyFromUtf8("signature")))
            .setOrder(given.proto())
            .build()
            .toByteArray());
  }

  private List<StoredToken> all() {
    List<StoredToken> all = new ArrayList<>();
    for (int entrance : store.entrances()) {
      String cursor = TokenStore.START;
      do {
        TokenStore.Page page = store.walk(entrance, cursor);
        all.addAll(page.tokens());
        cursor = page.next();
      } while (!cursor.equals(TokenStore.START));
    }
    return all;
  }
}
