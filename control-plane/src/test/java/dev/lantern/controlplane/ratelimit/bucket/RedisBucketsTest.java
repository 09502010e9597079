package dev.lantern.controlplane.ratelimit.bucket;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("engine")
class RedisBucketsTest {
  private static Redis connect() {
    Engines engines = SharedEngines.with(Engine.REDIS_B);
    return Redis.connect(
        RedisConfig.at(
                engines.host(),
                engines.port(Engine.REDIS_B),
                new Secret(engines.redisPassword(Engine.REDIS_B)))
            .withCallTimeout(Duration.ofSeconds(10)),
        "buckets-test");
  }

  /// One script for all keys.
  @Nested
  class OneServer extends BucketsContract {
    private final Redis redis = connect();

    @Override
    Buckets buckets() {
      return new RedisBuckets(redis, false);
    }

    @AfterEach
    void close() {
      redis.close();
    }
  }

  /// A script for each hash tag.
  @Nested
  class ByShards extends BucketsContract {
    private final Redis redis = connect();

    @Override
    Buckets buckets() {
      return new RedisBuckets(redis, true);
    }

    @AfterEach
    void close() {
      redis.close();
    }
  }
}
