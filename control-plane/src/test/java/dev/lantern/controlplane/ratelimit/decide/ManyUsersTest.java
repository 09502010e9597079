package dev.lantern.controlplane.ratelimit.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import dev.lantern.controlplane.ratelimit.bucket.RedisBuckets;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A limit of each user, over a hundred thousand of them, at two limiters on one Redis.
@Tag("engine")
class ManyUsersTest {
  private static final int USERS = 100_000;
  private static final int TRIES = 3;
  private static final int AT_ONCE = 2_000;
  private static final int KEYS = 20_000;
  private static final Meter TWO_AN_HOUR =
      Meter.of(new Rate(2, Duration.ofHours(1)), Duration.ofHours(1), Duration.ZERO);

  private final String rule = "many-" + UUID.randomUUID().toString().substring(0, 8) + "|";
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicIntegerArray allowed = new AtomicIntegerArray(USERS);
  private final AtomicIntegerArray unknown = new AtomicIntegerArray(1);

  @Test
  void eachUser_getsTheirTwo_andNobodyAThird() throws InterruptedException {
    Engines engines = SharedEngines.with(Engine.REDIS_B);
    RedisConfig config =
        RedisConfig.at(
                engines.host(),
                engines.port(Engine.REDIS_B),
                new Secret(engines.redisPassword(Engine.REDIS_B)))
            .withCallTimeout(Duration.ofSeconds(20));
    try (Redis redis = Redis.connect(config, "many-users")) {
      assertThat(redis.warm(Duration.ofSeconds(20))).isTrue();
      List<Limiter> limiters = new ArrayList<>();
      List<Thread> lanes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        limiters.add(limiter("limiter-" + rule + i, redis, lanes));
      }
      for (int i = 0; i < TRIES * USERS; i++) {
        ask(limiters.get((i / USERS) % 2), i % USERS);
      }
      assertThat(free.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
      lanes.forEach(Thread::interrupt);
    }
    assertThat(unknown.get(0)).isZero();
    for (int user = 0; user < USERS; user++) {
      assertThat(allowed.get(user)).as("user %d", user).isEqualTo(2);
    }
  }

  private static Limiter limiter(String name, Redis redis, List<Thread> lanes) {
    var standing = new Standing();
    standing.answered();
    var queue = new AskQueue(standing);
    var holdings = new Holdings(queue, KEYS);
    for (int i = 0; i < 2; i++) {
      lanes.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  new AskLane(
                      new Lane(name, i),
                      queue,
                      new RedisBuckets(redis, false),
                      holdings,
                      standing,
                      Duration.ofSeconds(20),
                      System::nanoTime)));
    }
    return new Limiter(holdings, System::nanoTime);
  }

  private void ask(Limiter limiter, int user) throws InterruptedException {
    free.acquire();
    Verdict verdict =
        limiter.take(rule + user, TWO_AN_HOUR, 1, limiter.now(), later -> hear(user, later));
    if (verdict != null) {
      hear(user, verdict);
    }
  }

  private void hear(int user, Verdict verdict) {
    switch (verdict) {
      case Verdict.Allowed _ -> allowed.incrementAndGet(user);
      case Verdict.Over _ -> {}
      case Verdict.Unknown _ -> unknown.incrementAndGet(0);
    }
    free.release();
  }
}
