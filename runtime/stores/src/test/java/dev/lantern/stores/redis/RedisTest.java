package dev.lantern.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.stores.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("engine")
@Timeout(60)
class RedisTest {

  private static final Script FLUSH = Redis.script("redis.call('FLUSHALL') return {}");
  private static final Script INCREASE =
      Redis.script("return {redis.call('INCRBY', KEYS[1], ARGV[1])}");
  private static final Script EPOCH =
      Redis.script(TokenBuckets.EPOCH_OF + "return {epoch_of(KEYS[1])}");
  private static final Script SET_EPOCH =
      Redis.script(
          """
          local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
          redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'run_id', ARGV[2] == '' and run or ARGV[2], 'set_at_ms', ARGV[3])
          return {}
          """);

  private static Redis redis;

  static RedisConfig config(Engines engines) {
    return RedisConfig.at(
        engines.host(),
        engines.port(Engine.REDIS_A),
        new Secret(engines.redisPassword(Engine.REDIS_A)));
  }

  @BeforeAll
  static void open() {
    redis = Redis.connect(config(SharedEngines.with(Engine.REDIS_A)), "test");
    assertThat(redis.warm(Duration.ofSeconds(20))).isTrue();
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @BeforeEach
  void clear() {
    redis.eval(FLUSH, "any");
  }

  @Test
  void reply_ofEveryShape_readsByPosition() {
    byte[] raw = {0, -1, 13, 10};
    Reply reply =
        redis.eval(
            Redis.script("return {1, 'text', false, ARGV[1], {'in', 7, false}, KEYS[2]}"),
            List.of("{t}a", "{t}b"),
            raw);
    assertThat(reply.size()).isEqualTo(6);
    assertThat(reply.getLong(0)).isEqualTo(1);
    assertThat(reply.getString(1)).isEqualTo("text");
    assertThat(reply.isNull(2)).isTrue();
    assertThat(reply.findBytes(2)).isEmpty();
    assertThat(reply.getBytes(3)).isEqualTo(raw);
    assertThat(reply.getReply(4).getLong(1)).isEqualTo(7);
    assertThat(reply.getString(5)).isEqualTo("{t}b");
    assertThatThrownBy(() -> reply.getBytes(6)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void emptyTable_isAnEmptyReply() {
    assertThat(redis.eval(Redis.script("return {}"), "k").size()).isZero();
    assertThat(
            redis
                .eval(Redis.script("return {{}, redis.call('HGETALL', KEYS[1])}"), "k")
                .getReply(1)
                .size())
        .isZero();
  }

  @Test
  void scripts_flushedOnTheServer_areLoadedAgain() {
    assertThat(redis.eval(INCREASE, "n", Call.arg(2)).getLong(0)).isEqualTo(2);
    flushScripts();
    assertThat(redis.eval(INCREASE, "n", Call.arg(3)).getLong(0)).isEqualTo(5);
  }

  @Test
  void batch_afterAScriptFlush_answersEveryCallInOrder() {
    var calls = new ArrayList<Call>();
    for (int i = 0; i < 500; i++) {
      calls.add(Call.of(INCREASE, "b" + i, Call.arg(i)));
    }
    assertThat(redis.evalAll(calls)).hasSize(500);
    redis.eval(FLUSH, "any");
    flushScripts();
    List<Reply> replies = redis.evalAll(calls);
    for (int i = 0; i < 500; i++) {
      assertThat(replies.get(i).getLong(0)).isEqualTo(i);
    }
    assertThat(redis.evalAll(List.of())).isEmpty();
  }

  @Test
  void script_withADefect_isRefusedNotUnavailable() {
    assertThatThrownBy(() -> redis.eval(Redis.script("return {redis.call('NOSUCH')}"), "k"))
        .isInstanceOf(RedisRefusedException.class);
    assertThatThrownBy(() ->
            redis.evalAll(
                List.of(
                    Call.of(INCREASE, "x", Call.arg(1)),
                    Call.of(Redis.script("return {redis.call('NOSUCH')}"), "x"))))
        .isInstanceOf(RedisRefusedException.class);
  }

  @Test
  void server_thatIsFull_isUnavailable_untilItHasRoom() {
    Engines engines = SharedEngines.with(Engine.REDIS_A);
    assertThat(redis.eval(INCREASE, "full", Call.arg(1)).getLong(0)).isEqualTo(1);
    BareRedis.command(engines, "CONFIG SET maxmemory 1");
    try {
      assertThatThrownBy(() -> redis.eval(INCREASE, "full", Call.arg(1)))
          .isInstanceOf(RedisUnavailableException.class);
      assertThatThrownBy(() -> redis.evalAll(List.of(Call.of(INCREASE, "full", Call.arg(1)))))
          .isInstanceOf(RedisUnavailableException.class);
    } finally {
      BareRedis.command(engines, "CONFIG SET maxmemory 0");
    }
    assertThat(redis.eval(INCREASE, "full", Call.arg(1)).getLong(0)).isEqualTo(2);
  }

  @Test
  void epoch_missingOrOfAnotherServer_isEmpty() {
    String key = TokenBuckets.epochKey(1, 17);
    assertThat(epoch(key)).isEmpty();
    redis.eval(SET_EPOCH, key, "e1".getBytes(UTF_8), "".getBytes(UTF_8), Call.arg(1234));
    assertThat(epoch(key)).contains(new TokenBuckets.Epoch("e1", 1234));
    redis.eval(SET_EPOCH, key, "e1".getBytes(UTF_8), "feed".getBytes(UTF_8), Call.arg(1234));
    assertThat(epoch(key)).isEmpty();
  }

  private static Optional<TokenBuckets.Epoch> epoch(String key) {
    return TokenBuckets.epoch(redis.eval(EPOCH, key).getReply(0));
  }

  // SCRIPT FLUSH may not run inside a script, so it goes in over a bare connection.
  private static void flushScripts() {
    BareRedis.command(SharedEngines.with(Engine.REDIS_A), "SCRIPT FLUSH");
  }
}
