package dev.lantern.ordercenter.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class RedisEpochKeysEngineTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private static Redis redis;

  @BeforeAll
  static void open() {
    Engines engines = SharedEngines.with(Engine.REDIS_A);
    redis =
        Redis.connect(
            RedisConfig.at(
                engines.host(),
                engines.port(Engine.REDIS_A),
                new Secret(engines.redisPassword(Engine.REDIS_A))),
            "test");
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @Test
  void epoch_isSetOnce_andOnlyOnTheServerThatWasRead() {
    RedisEpochKeys keys = new RedisEpochKeys(redis, Lane.LANE_STRESS);
    BucketEpoch lost = keys.read().getFirst();
    assertThat(lost.epoch()).isEmpty();

    BucketEpoch ofAnEarlierLife = new BucketEpoch(lost.bucket(), "0123abc", Optional.empty());
    assertThat(keys.set(List.of(ofAnEarlierLife), "settled-before", NOW)).containsExactly(lost);
    assertThat(keys.read().getFirst()).isEqualTo(lost);

    BucketEpoch set = keys.set(List.of(lost), "epoch-1", NOW).getFirst();
    assertThat(set.epoch()).contains(new BucketEpoch.Epoch("epoch-1", NOW));
    assertThat(keys.set(List.of(lost), "epoch-2", NOW.plusSeconds(1))).containsExactly(set);
    assertThat(keys.read()).hasSize(64).contains(set);
  }
}
