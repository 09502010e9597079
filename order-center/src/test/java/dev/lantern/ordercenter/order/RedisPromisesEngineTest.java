package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.order.Promises.Epoch;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class RedisPromisesEngineTest extends PromisesContract {
  private static final Script RUN_ID =
      Script.of("return {string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')}");
  private static final Script SET_EPOCH =
      Script.of(
          "redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'run_id', ARGV[2], 'set_at_ms', ARGV[3])"
              + " return {1}");
  private static final Script TTL = Script.of("return {redis.call('PEXPIRETIME', KEYS[1])}");
  private static Redis redis;
  private static RedisPromises promises;

  @BeforeAll
  static void open() {
    Engines engines = SharedEngines.with(Engine.REDIS_A);
    Secret password = new Secret(engines.redisPassword(Engine.REDIS_A));
    redis =
        Redis.connect(
            RedisConfig.at(engines.host(), engines.port(Engine.REDIS_A), password)
                .withCallTimeout(Duration.ofSeconds(5)),
            "test");
    promises =
        new RedisPromises(redis, new Coalescer.Bounds(256, 2, 10_000, Duration.ofSeconds(5)));
  }

  @AfterAll
  static void close() {
    promises.close();
    redis.close();
  }

  @Override
  Promises promises() {
    return promises;
  }

  @Test
  void epoch_isThere_onlyWhenSetOnThisVeryServer() {
    OrderNo orderNo = newNumber();
    String key = TokenBuckets.epochKeyOf(LANE.getNumber(), orderNo.actId().value());
    String runId = redis.eval(RUN_ID, key).getString(0);

    redis.eval(SET_EPOCH, key, Call.arg("e-1"), Call.arg("0123abc"), Call.arg(1_000));
    assertThat(promises.look(LANE, orderNo).epoch()).isEmpty();
    redis.eval(SET_EPOCH, key, Call.arg("e-1"), Call.arg(runId), Call.arg(1_000));
    assertThat(promises.look(LANE, orderNo).epoch())
        .contains(new Epoch("e-1", Instant.ofEpochMilli(1_000)));
    assertThat(promises.look(LANE, orderNo).youngerThan(Instant.ofEpochMilli(11_001))).isFalse();
    assertThat(promises.look(LANE, orderNo).youngerThan(Instant.ofEpochMilli(11_000))).isTrue();
  }

  @Test
  void claim_keepsItsExpiry_whenReplaced() {
    OrderNo orderNo = newNumber();
    Instant expiry = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    Claim claim =
        new Claim(
            Fingerprint.of(new byte[Fingerprint.LENGTH]),
            AcceptWorld.MAIN,
            List.of(1L),
            "me#1",
            Fen.ZERO,
            Instant.EPOCH,
            Instant.EPOCH,
            7);
    Claim.Seen seen = promises.claim(LANE, orderNo, claim, expiry);
    promises.replace(LANE, orderNo, seen, claim.with(2, "me#2"));
    String key = TokenBuckets.claimKey(LANE.getNumber(), orderNo.actId().value(), orderNo.text());
    assertThat(redis.eval(TTL, key).getLong(0)).isEqualTo(expiry.toEpochMilli());
  }
}
