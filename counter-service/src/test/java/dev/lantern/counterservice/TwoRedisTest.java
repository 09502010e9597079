package dev.lantern.counterservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.CounterServiceGrpc.CounterServiceBlockingStub;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.replica.RedisReplica;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service over mutual TLS and two real Redis, which it hurts.
@Tag("engine")
class TwoRedisTest {

  private static final String OPENED = "spring-demo.opened";
  private static final CounterKey KEY = new CounterKey(Lane.LANE_LIVE_VALUE, OPENED);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path home;

  private Engines engines;
  private ServiceHost host;
  private Telemetry telemetry;
  private TlsIdentity identity;
  private Channels channels;
  private CounterServiceBlockingStub stub;

  @BeforeEach
  void start() throws Exception {
    engines = Engines.start(home, FreePorts.base(), EnumSet.of(Engine.REDIS_A, Engine.REDIS_B));
    telemetry = Telemetry.quiet("counter-client");
    identity = TlsIdentity.open(tls("order-center"));
    channels = new Channels(identity, telemetry, Duration.ofSeconds(5));
    startService();
  }

  @AfterEach
  void stop() {
    channels.close();
    identity.close();
    telemetry.close();
    host.close();
    engines.close();
  }

  @Test
  void add_reachesBothRedis_andIsRead() {
    await(() -> tryAdd("w1", 5) == 2);

    assertThat(get().getValue()).isEqualTo(5);
    assertThat(sum(Engine.REDIS_A)).isEqualTo(5);
    assertThat(sum(Engine.REDIS_B)).isEqualTo(5);
  }

  @Test
  void redisA_killedAndBackEmpty_isRepaired_andNobodyReadsLess() throws Exception {
    await(() -> tryAdd("quiet", 1_000) == 2 && tryAdd("w1", 10) == 2);
    var reading = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> reader = threads.submit(() -> readWhile(reading));

      engines.kill(Engine.REDIS_A);
      long total = 10;
      for (int i = 0; i < 20; i++) {
        total += 7;
        assertThat(add("w1", total)).isEqualTo(1);
      }
      long expected = 1_000 + total;
      await(() -> get().getValue() == expected && get().getSource().equals("B"));

      ArtifactCache.delete(engines.home().data().resolve(Engine.REDIS_A.part()));
      engines.startAgain(Engine.REDIS_A);
      await(() -> sum(Engine.REDIS_A) == expected);
      await(() -> get().getSource().equals("A"));

      await(() -> tryAdd("w1", 1_000_000) == 2);
      await(() -> get().getValue() == 1_001_000);
      reading.set(false);
      assertThat(reader.get()).isPositive();
    }
    assertThat(sum(Engine.REDIS_A)).isEqualTo(1_001_000);
    assertThat(sum(Engine.REDIS_B)).isEqualTo(1_001_000);
  }

  @Test
  void bothRedis_killed_keepTheReadersValue_andFillUpAgain() throws Exception {
    await(() -> tryAdd("w1", 50) == 2);
    assertThat(get().getValue()).isEqualTo(50);
    engines.kill(Engine.REDIS_A);
    engines.kill(Engine.REDIS_B);

    assertThat(Refusals.of(() -> add("w1", 60)).getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(get().getValue()).isEqualTo(50);

    ArtifactCache.delete(engines.home().data().resolve(Engine.REDIS_A.part()));
    ArtifactCache.delete(engines.home().data().resolve(Engine.REDIS_B.part()));
    engines.ensure(EnumSet.of(Engine.REDIS_A, Engine.REDIS_B));
    assertThat(get().getValue()).isEqualTo(50);
    await(() -> tryAdd("w1", 60) == 2);
    await(() -> get().getValue() == 60);
  }

  @Test
  void serviceStartedBeforeItsRedis_refusesUntilTheyAreThere() throws Exception {
    engines.kill(Engine.REDIS_A);
    engines.kill(Engine.REDIS_B);
    restartService();

    assertThat(Refusals.of(() -> add("w1", 5)).getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(Refusals.of(this::get).getReason()).isEqualTo("DEPENDENCY_DOWN");

    engines.startAgain(Engine.REDIS_B);
    await(() -> tryAdd("w1", 5) == 1);
    engines.startAgain(Engine.REDIS_A);
    await(() -> sum(Engine.REDIS_A) == 5);
    assertThat(get().getValue()).isEqualTo(5);
  }

  @Test
  void stranger_mayReadButNotAdd() throws Exception {
    await(() -> tryAdd("w1", 5) == 2);
    try (var wallet = TlsIdentity.open(tls("wallet-api"));
        var foreign = new Channels(wallet, telemetry, Duration.ofSeconds(5))) {
      var other =
          CounterServiceGrpc.newBlockingStub(
              foreign.to(new ServiceAddress("127.0.0.1", host.port(), "counter-service")));

      assertThat(Refusals.of(() -> other.add(report("w1", 9))).getReason()).isEqualTo("FORBIDDEN");
      assertThat(other.get(GetRequest.newBuilder().setName(OPENED).build()).getValue())
          .isEqualTo(5);
    }
  }

  private void startService() throws Exception {
    host = Wiring.start(config());
    stub =
        CounterServiceGrpc.newBlockingStub(
            channels.to(new ServiceAddress("127.0.0.1", host.port(), "counter-service")));
  }

  private void restartService() throws Exception {
    host.close();
    startService();
  }

  /// Reads on and on; how often. Fails when a value or what is shown goes back.
  private long readWhile(AtomicBoolean reading) {
    long value = 0;
    long shown = 0;
    long reads = 0;
    while (reading.get()) {
      GetResponse got = get();
      assertThat(got.getValue()).isGreaterThanOrEqualTo(value);
      assertThat(got.getShownValue()).isGreaterThanOrEqualTo(Math.max(shown, got.getValue()));
      value = got.getValue();
      shown = got.getShownValue();
      reads++;
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return reads;
  }

  private int add(String writer, long total) {
    return stub.add(report(writer, total)).getReplicasCount();
  }

  private int tryAdd(String writer, long total) {
    try {
      return add(writer, total);
    } catch (StatusRuntimeException _) {
      return 0;
    }
  }

  private static AddRequest report(String writer, long total) {
    return AddRequest.newBuilder()
        .setLane(Lane.LANE_LIVE)
        .addTotals(
            WriterTotal.newBuilder().setName(OPENED).setWriter(writer).setEpoch(1).setTotal(total))
        .build();
  }

  private GetResponse get() {
    return stub.get(GetRequest.newBuilder().setName(OPENED).build());
  }

  /// What Redis itself holds, read past the service.
  private long sum(Engine which) {
    try (Redis redis =
        Redis.connect(
            RedisConfig.at(
                engines.host(), engines.port(which), new Secret(engines.redisPassword(which))),
            "counters-check")) {
      return new RedisReplica(redis).sums(List.of(KEY)).getOrDefault(KEY, -1L);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within %s", PATIENCE).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private TlsConfig tls(String name) throws IOException, InterruptedException {
    var leaf = engines.pki().leaf(name);
    return new TlsConfig(leaf.certificate(), leaf.key(), leaf.authority(), Duration.ofMinutes(1));
  }

  private CounterServiceConfig config() throws IOException, InterruptedException {
    TlsConfig tls = tls("counter-service");
    String yaml =
        """
        server:
          port: 0
          metrics_port: 0
          drain_delay: 0ms
          tls: {certificate: "%s", key: "%s", ca: "%s"}
        redis_a: {addresses: ["%s"], password: "%s"}
        redis_b: {addresses: ["%s"], password: "%s"}
        """
            .formatted(
                tls.certificate(),
                tls.key(),
                tls.ca(),
                engines.address(Engine.REDIS_A),
                engines.redisPassword(Engine.REDIS_A),
                engines.address(Engine.REDIS_B),
                engines.redisPassword(Engine.REDIS_B));
    return Config.read(CounterServiceConfig.class, "test", yaml, Map.of());
  }
}
