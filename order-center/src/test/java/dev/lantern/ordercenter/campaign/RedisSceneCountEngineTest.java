package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class RedisSceneCountEngineTest {
  private static final long SECOND = 1_800_000_000;
  private static Redis redis;
  private final String scene = UUID.randomUUID().toString();

  @BeforeAll
  static void open() {
    Engines engines = SharedEngines.with(Engine.REDIS_A);
    Secret password = new Secret(engines.redisPassword(Engine.REDIS_A));
    redis =
        Redis.connect(RedisConfig.at(engines.host(), engines.port(Engine.REDIS_A), password), "t");
    assertThat(redis.warm(Duration.ofSeconds(20))).isTrue();
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @Test
  void takers_atOnce_getTheRateTogether() {
    RedisSceneCount count = new RedisSceneCount(redis, () -> UUID.randomUUID().toString());
    int taken =
        IntStream.range(0, 60)
            .parallel()
            .map(_ -> count.take(Lane.LANE_LIVE, scene, SECOND, 7, 100))
            .sum();
    assertThat(taken).isEqualTo(100);
    assertThat(count.take(Lane.LANE_LIVE, scene, SECOND + 1, 7, 100)).isEqualTo(7);
    assertThat(count.take(Lane.LANE_STRESS, scene, SECOND, 7, 100)).isEqualTo(7);
  }

  @Test
  void script_sentAgain_takesNothingMore() {
    RedisSceneCount again = new RedisSceneCount(redis, () -> "the same call");
    for (int i = 0; i < 5; i++) {
      assertThat(again.take(Lane.LANE_LIVE, scene, SECOND, 6, 10)).isEqualTo(6);
    }
    RedisSceneCount other = new RedisSceneCount(redis, () -> "another");
    assertThat(other.take(Lane.LANE_LIVE, scene, SECOND, 6, 10)).isEqualTo(4);
  }
}
