package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.GrantWiring;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.settle.Eventually;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.RetryPolicies;
import dev.lantern.ordercenter.weak.BreakerTerms;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.proving.downstream.Behaviour;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The granting half of the role as production wires it, twice, over one ledger and one Redis.
@Tag("engine")
class GrantWiringEngineTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Clock CLOCK = () -> new Moment(System.nanoTime(), Instant.now());

  private final Set<OrderSwitch> off = ConcurrentHashMap.newKeySet();

  private final AtomicInteger looks = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void twoInstances_giveEachThingOnce_andCashOnLeasesOfTheirOwn() {
    try (GrantWorld world = new GrantWorld(folder);
        Redis redis = redis();
        Telemetry telemetry = Telemetry.quiet("grant-wiring-test")) {
      world.behaviour = Behaviour.GOOD.rejecting(3_000).failing(1_000);
      world.book(40, Optional.of(GrantWorld.CASH));

      try (Instance _ = instance(world, redis, telemetry);
          Instance _ = instance(world, redis, telemetry)) {
        Eventually.is(
            SOON,
            () -> world.count("grants where state = 1"),
            () -> world.count("orders where state = 8") == 40);
      }

      long refused = world.count("grants where state = 3");
      assertThat(refused).isBetween(1L, 39L);
      assertThat(world.vendor.journal().granted()).isEqualTo(40 - refused);
      assertThat(world.count("releases")).isEqualTo(refused);
      assertThat(world.count("postings")).isEqualTo(refused);
      assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + refused);
      world.assertLaws();
    }
  }

  @Test
  void downstreamsOffOrCut_underLoad_thingsWait_andAllIsGivenOnceTheyAreBack() {
    try (GrantWorld world = new GrantWorld(folder);
        Redis redis = redis();
        Telemetry telemetry = Telemetry.quiet("grant-switch-test")) {
      off.add(OrderSwitch.DOWNSTREAMS);
      world.book(30, Optional.of(GrantWorld.CASH));
      try (Instance _ = instance(world, redis, telemetry)) {
        int before = looks.get();
        Eventually.is(SOON, looks::get, () -> looks.get() > before + 20);
        assertThat(world.vendor.downstream().calls()).isZero();

        world.behaviour = Behaviour.GOOD.failing(10_000);
        off.clear();
        // Its own breaker leaves it alone after a few calls.
        Eventually.is(
            SOON,
            () -> world.vendor.downstream().calls(),
            () -> world.vendor.downstream().calls() >= CallBreaker.LEAST);
        assertThat(world.count("grants where state = 1")).isEqualTo(30);
        assertThat(world.count("orders where state = 5")).isEqualTo(30);

        world.behaviour = Behaviour.GOOD;
        Eventually.is(
            SOON,
            () -> world.count("grants where state = 1"),
            () -> world.count("orders where state = 8") == 30);
      }
      assertThat(world.vendor.journal().granted()).isEqualTo(30);
      world.assertLaws();
    }
  }

  private Instance instance(GrantWorld world, Redis redis, Telemetry telemetry) {
    LeaseKeeper leases =
        new LeaseKeeper(
            new MysqlLeaseStore(world.ledger.database()),
            () -> Optional.of(world.ledger.log("grants", 8)),
            new LeaseIds(() -> ThreadLocalRandom.current().nextLong()),
            "settle-" + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE),
            LeaseTerms.STANDARD,
            Duration.ofMillis(400),
            CLOCK);
    LeaseThreads threads = LeaseThreads.start(leases, LeaseTerms.STANDARD);
    GrantWiring wiring =
        GrantWiring.start(
            List.of(config(world.vendor.port())),
            new GrantWiring.Drivers(
                world.ledger.database(),
                redis,
                leases,
                FundLimits.NONE,
                RetryPolicies.NONE,
                new Dependencies(
                    Set.of(OrderSwitch.DOWNSTREAMS),
                    one -> {
                      looks.incrementAndGet();
                      return !off.contains(one);
                    },
                    BreakerTerms.STANDARD,
                    CLOCK),
                to ->
                    Grpc.newChannelBuilderForAddress(
                            to.address().host(),
                            to.address().port(),
                            InsecureChannelCredentials.create())
                        .build(),
                telemetry,
                CLOCK),
            Lane.LANE_LIVE);
    return new Instance(threads, wiring);
  }

  private static DownstreamConfig config(int port) {
    return new DownstreamConfig(
        "cinema",
        new ServiceAddress("127.0.0.1", port, "cinema"),
        DownstreamConfig.Security.PLAINTEXT,
        DownstreamConfig.Mode.GRANT_AGAIN,
        Duration.ofSeconds(1),
        100,
        8,
        40,
        Duration.ofMillis(200),
        Duration.ofSeconds(1));
  }

  private static Redis redis() {
    Engines engines = SharedEngines.with(Engine.REDIS_A);
    return Redis.connect(
        RedisConfig.at(
                engines.host(),
                engines.port(Engine.REDIS_A),
                new Secret(engines.redisPassword(Engine.REDIS_A)))
            .withCallTimeout(Duration.ofSeconds(5)),
        "test");
  }

  private record Instance(LeaseThreads threads, GrantWiring wiring) implements AutoCloseable {
    @Override
    public void close() {
      wiring.close();
      threads.close();
    }
  }
}
