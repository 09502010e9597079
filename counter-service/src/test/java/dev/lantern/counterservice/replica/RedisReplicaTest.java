package dev.lantern.counterservice.replica;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("engine")
class RedisReplicaTest extends CounterReplicaContract {

  private final Engines engines = SharedEngines.with(Engine.REDIS_A);
  private final Redis redis =
      Redis.connect(
          RedisConfig.at(
                  engines.host(),
                  engines.port(Engine.REDIS_A),
                  new Secret(engines.redisPassword(Engine.REDIS_A)))
              .withCallTimeout(Duration.ofSeconds(10)),
          "counters-test");
  private final CounterReplica replica = new RedisReplica(redis);
  private final int lane = ThreadLocalRandom.current().nextInt(1_000, 1 << 30);

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  CounterReplica replica() {
    return replica;
  }

  @Override
  int lane() {
    return lane;
  }
}
