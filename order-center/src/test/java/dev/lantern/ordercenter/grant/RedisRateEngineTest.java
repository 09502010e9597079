package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class RedisRateEngineTest {
  private static final int PER_SECOND = 20;
  private static final Duration SPAN = Duration.ofSeconds(10);

  private final Redis redis = connect();
  private final String downstream = "d-" + UUID.randomUUID();

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void rate_ofTwoInstances_holdsOverTenSeconds() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    try (var instances = Executors.newFixedThreadPool(2)) {
      Callable<Void> instance =
          () -> {
            Rate rate = rate(PER_SECOND, () -> UUID.randomUUID().toString());
            long until = System.nanoTime() + SPAN.toNanos();
            while (System.nanoTime() < until) {
              Duration wait = rate.take();
              if (wait.isZero()) {
                taken.incrementAndGet();
              } else {
                LockSupport.parkNanos(wait.toNanos());
              }
            }
            return null;
          };
      for (var done : instances.invokeAll(List.of(instance, instance))) {
        done.get();
      }
    }
    // One may be early at the beginning; the last ones may lack a turn on a busy machine.
    assertThat(taken.get()).isBetween(180, PER_SECOND * 10 + 2);
  }

  @Test
  void call_thatIsSentAgain_takesOnce() {
    Rate again = rate(1, () -> "the-same");
    assertThat(again.take()).isZero();
    assertThat(again.take()).as("the first result again").isZero();
    Rate others = rate(1, () -> UUID.randomUUID().toString());
    assertThat(others.take()).as("one was taken").isPositive();
  }

  @Test
  void redisAway_shareHolds() {
    Redis nowhere =
        Redis.connect(
            RedisConfig.at("127.0.0.1", 1, new Secret("none"))
                .withCallTimeout(Duration.ofMillis(200)),
            "test");
    try {
      Rate rate =
          new RedisRate(
              nowhere, downstream, 1, () -> UUID.randomUUID().toString(), () -> Duration.ofDays(1));
      assertThat(rate.take()).isEqualTo(Duration.ofDays(1));
    } finally {
      nowhere.close();
    }
  }

  private Rate rate(int perSecond, Supplier<String> opIds) {
    return new RedisRate(
        redis,
        downstream,
        perSecond,
        opIds,
        () -> {
          throw new AssertionError("Redis is there");
        });
  }

  private static Redis connect() {
    Engines engines = SharedEngines.with(Engine.REDIS_A);
    return Redis.connect(
        RedisConfig.at(
                engines.host(),
                engines.port(Engine.REDIS_A),
                new Secret(engines.redisPassword(Engine.REDIS_A)))
            .withCallTimeout(Duration.ofSeconds(5)),
        "test");
  }
}
