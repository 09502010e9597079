package dev.lantern.ordercenter;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Accepts a second through the role `api` over mutual TLS on real engines: every call another
/// user, so every call is a whole acceptance. Run by hand:
///
/// `mvn -q -o -pl order-center surefire:test -Dtest=AcceptBenchmark#main` is not it: start the
/// class. Arguments: calls in flight, seconds.
public final class AcceptBenchmark {
  private static final String ACTIVITY = "bench-accept";
  private static final AtomicLong USER = new AtomicLong(1_000_000);

  private AcceptBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int inFlight = args.length > 0 ? Integer.parseInt(args[0]) : 128;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    Path directory = Files.createTempDirectory("accept-benchmark");
    Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A, Engine.KAFKA);
    beginEpoch(engines);
    try (ApiUnderTest api = new ApiUnderTest(engines, directory, "bench")) {
      apply(api);
      PlayServiceBlockingStub probe = api.play(1);
      while (!grab(probe, new ConcurrentHashMap<>())) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      run(api, inFlight, 10, "warm-up");
      run(api, inFlight, seconds, "measured");
    }
    System.exit(0);
  }

  private static void run(ApiUnderTest api, int inFlight, int seconds, String name)
      throws InterruptedException {
    AtomicInteger accepted = new AtomicInteger();
    Map<String, AtomicInteger> refused = new ConcurrentHashMap<>();
    long[] micros = new long[2_000_000];
    AtomicInteger calls = new AtomicInteger();
    int signs = api.tokens().calls();
    Duration cpuBefore = cpu();
    Instant end = Instant.now().plusSeconds(seconds);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < inFlight; i++) {
        threads.execute(() -> {
          while (Instant.now().isBefore(end)) {
            PlayServiceBlockingStub user = api.play(USER.incrementAndGet());
            long begun = System.nanoTime();
            if (grab(user, refused)) {
              accepted.incrementAndGet();
            }
            micros[calls.getAndIncrement()] = (System.nanoTime() - begun) / 1_000;
          }
        });
      }
    }
    Duration cpu = cpu().minus(cpuBefore);
    Arrays.sort(micros, 0, calls.get());
    System.out.printf(
        "%s: %d in flight, %d accepted (%d/s), refused %s, p50 %.1f ms, p99 %.1f ms,"
            + " CPU of client and service together %d us a call, %.0f signatures a SignTokens%n",
        name,
        inFlight,
        accepted.get(),
        accepted.get() / seconds,
        refused,
        micros[calls.get() / 2] / 1e3,
        micros[calls.get() * 99 / 100] / 1e3,
        cpu.toNanos() / 1_000 / Math.max(1, calls.get()),
        (double) accepted.get() / Math.max(1, api.tokens().calls() - signs));
  }

  private static boolean grab(PlayServiceBlockingStub user, Map<String, AtomicInteger> refused) {
    try {
      var _ =
          user.grab(
              GrabRequest.newBuilder()
                  .setActivityId(ACTIVITY)
                  .setSceneId(ACTIVITY + "-rain")
                  .setRainId(1)
                  .build());
      return true;
    } catch (StatusRuntimeException e) {
      refused
          .computeIfAbsent(String.valueOf(e.getStatus()), _ -> new AtomicInteger())
          .incrementAndGet();
      return false;
    }
  }

  private static void apply(ApiUnderTest api) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var _ =
        api.campaigns()
            .applyCampaign(
                ApplyCampaignRequest.newBuilder()
                    .setDocument(
                        Trees.rain(
                            ACTIVITY,
                            100_000_000,
                            now.minusSeconds(60),
                            now.plus(Duration.ofHours(1))))
                    .setRequestId("bench-" + now)
                    .build());
  }

  // As the settle role does long before a round opens: without it every call reads the ledger.
  private static void beginEpoch(Engines engines) {
    Script begin =
        Script.of(
            "local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')"
                + " redis.call('HSET', KEYS[1], 'epoch', 'e', 'run_id', run, 'set_at_ms', '1')"
                + " return {1}");
    Secret password = new Secret(engines.redisPassword(Engine.REDIS_A));
    RedisConfig config =
        RedisConfig.at(engines.host(), engines.port(Engine.REDIS_A), password)
            .withCallTimeout(Duration.ofSeconds(10));
    try (Redis redis = Redis.connect(config, "bench")) {
      for (int bucket = 0; bucket < TokenBuckets.COUNT; bucket++) {
        var _ = redis.eval(begin, TokenBuckets.epochKey(Lane.LANE_LIVE_VALUE, bucket));
      }
    }
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
