package dev.lantern.ordercenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.settle.Eventually;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The role `api` on real engines while its weak dependencies are cut, one by one and all together:
/// users go on grabbing, and are told what `docs/switches.md` promises.
@Tag("engine")
final class WithoutWeakEngineTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ACTIVITY = "weak-test";
  private static final AtomicLong USERS = new AtomicLong(500_000);
  private static Engines engines;
  private static Gate redis;
  private static Gate kafka;
  private static Database ledger;
  private static ApiUnderTest api;
  private static Path folder = Path.of(".");

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException, InterruptedException {
    folder = directory;
    engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A, Engine.KAFKA);
    redis = new Gate("127.0.0.1", engines.port(Engine.REDIS_A));
    ledger =
        Database.open(
            DatabaseConfig.at(
                engines.host(),
                engines.port(Engine.MARIADB),
                "lantern_order",
                "root",
                new Secret(engines.rootPassword())),
            "test");
    kafka = new Gate("127.0.0.1", engines.behind(Detour.KAFKA), engines.port(Detour.KAFKA));
    api =
        new ApiUnderTest(
            engines,
            directory,
            "api-weak",
            "127.0.0.1:" + redis.port(),
            "127.0.0.1:" + kafka.port());
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var _ =
        api.campaigns()
            .applyCampaign(
                ApplyCampaignRequest.newBuilder()
                    .setDocument(
                        Trees.rain(
                            ACTIVITY,
                            1_000_000,
                            now.minusSeconds(60),
                            now.plus(Duration.ofHours(1))))
                    .setRequestId("apply-" + ACTIVITY)
                    .build());
    GrabResponse first = eventually(() -> grab(api, USERS.incrementAndGet()));
    assertThat(first.getState()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    assertThat(first.hasToken()).isTrue();
  }

  @AfterAll
  static void close() {
    api.close();
    redis.close();
    kafka.close();
    ledger.close();
  }

  @Test
  void kafkaCut_underLoad_ordersWaitInTheInbox_andTheLogIsUsedAgainWhenItIsBack() {
    GrabResponse inInbox;
    try (Crowd _ = new Crowd()) {
      kafka.cut();
      Eventually.is(SOON, () -> "still used", () -> !api.health("order.queue"));
      long user = USERS.incrementAndGet();
      inInbox = eventually(() -> grab(api, user));
      assertThat(inInbox.getState()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
      assertThat(inInbox.hasToken()).isTrue();
      assertThat(inbox(user)).isEqualTo(1);

      kafka.open();
      Eventually.is(SOON, () -> "not used again", () -> api.health("order.queue"));
    }
    long later = USERS.incrementAndGet();
    assertThat(eventually(() -> grab(api, later)).getReplayed()).isFalse();
    assertThat(inbox(later)).isZero();
  }

  @Test
  void allWeakSwitchedOffAndCut_underLoad_ordersAreBookedWithinTheCall_andBack() {
    try (Crowd _ = new Crowd()) {
      api.switches().set("order.weak", 0);
      kafka.cut();
      redis.cut();
      api.tokens().fail(true);
      long user = USERS.incrementAndGet();
      GrabResponse booked =
          eventually(() ->
              grab(api, user).filter(told -> told.getState() == OrderState.ORDER_STATE_SUCCESS));
      assertThat(booked.hasToken()).isFalse();
      assertThat(grab(api, user)).contains(booked.toBuilder().setReplayed(true).build());

      kafka.open();
      redis.open();
      api.tokens().fail(false);
      api.switches().set("order.weak", 10_000);
      GrabResponse signed =
          eventually(() -> grab(api, USERS.incrementAndGet()).filter(GrabResponse::hasToken));
      assertThat(signed.getState()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
      assertThat(eventually(() -> grab(api, user)).getState())
          .isEqualTo(OrderState.ORDER_STATE_SUCCESS);
      Eventually.is(
          SOON,
          () -> "not all used again",
          () ->
              api.health("order.queue") && api.health("order.redis") && api.health("order.tokens"));
    }
  }

  private static long inbox(long actId) {
    return ledger
        .query("select count(*) as n from inbox where act_id = ?", actId)
        .getFirst()
        .getLong("n");
  }

  @Test
  void redisCut_underLoad_isGoneWithout_andKnownOrdersStayKnownWhenItIsBack() {
    redis.cut();
    long user = USERS.incrementAndGet();
    GrabResponse first = underLoad(() -> grab(api, user));
    assertThat(first.getState()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    assertThat(first.hasToken()).isTrue();
    assertThat(grab(api, user)).contains(first.toBuilder().setReplayed(true).build());

    redis.open();
    // Redis never knew of the order. A claim is written again once its breaker has closed.
    GrabResponse fresh =
        eventually(() -> grab(api, USERS.incrementAndGet()).filter(_ -> redisIsUsed()));
    assertThat(fresh.getReplayed()).isFalse();
    assertThat(grab(api, user)).contains(first.toBuilder().setReplayed(true).build());
  }

  @Test
  void tokenServiceFailing_underLoad_isGoneWithout_andARetryGetsTheTokenLater() {
    api.tokens().fail(true);
    long user = USERS.incrementAndGet();
    GrabResponse first = underLoad(() -> grab(api, user));
    assertThat(first.hasToken()).isFalse();
    assertThat(first.getAward().getAmountFen()).isPositive();

    api.tokens().fail(false);
    GrabResponse later = eventually(() -> grab(api, user).filter(GrabResponse::hasToken));
    assertThat(later.getReplayed()).isTrue();
    assertThat(later.getAward()).isEqualTo(first.getAward());
  }

  @Test
  void kafkaAway_ordersWaitInTheInbox() throws IOException, InterruptedException {
    try (ApiUnderTest without =
        new ApiUnderTest(
            engines, folder, "api-no-kafka", engines.address(Engine.REDIS_A), "127.0.0.1:1")) {
      long user = USERS.incrementAndGet();
      GrabResponse first = eventually(() -> grab(without, user));
      assertThat(first.getState()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
      assertThat(first.hasToken()).isTrue();
      // The claim and the token are in the same Redis: an instance with Kafka replays it.
      assertThat(eventually(() -> grab(api, user)).getAward()).isEqualTo(first.getAward());
    }
  }

  @Test
  void everythingWeakSwitchedOff_ordersAreBookedWithinTheCall()
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("api-direct-switches.json"),
        """
        {"revision": "1", "switches": [
          {"name": "order.weak", "perTenThousand": 0, "defaultPerTenThousand": 10000}]}
        """);
    try (ApiUnderTest alone =
        new ApiUnderTest(engines, folder, "api-direct", "127.0.0.1:1", "127.0.0.1:1")) {
      long user = USERS.incrementAndGet();
      GrabResponse first = eventually(() -> grab(alone, user));
      assertThat(first.getState()).isEqualTo(OrderState.ORDER_STATE_SUCCESS);
      assertThat(first.hasToken()).isFalse();
      assertThat(grab(alone, user)).contains(first.toBuilder().setReplayed(true).build());
      // The first instance has Redis, which has lost nothing and does not know of the order.
      GrabResponse elsewhere = eventually(() -> grab(api, user));
      assertThat(elsewhere.getReplayed()).isTrue();
      assertThat(elsewhere.getState()).isEqualTo(OrderState.ORDER_STATE_SUCCESS);
      assertThat(elsewhere.getAward()).isEqualTo(first.getAward());
    }
  }

  /// Users who grab all the while, each once, some at a time.
  private static final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private final List<Thread> users =
        IntStream.range(0, AT_ONCE).mapToObj(_ -> Thread.ofVirtual().start(Crowd::grabOn)).toList();

    private static void grabOn() {
      while (!Thread.currentThread().isInterrupted()) {
        var _ = grab(api, USERS.incrementAndGet());
      }
    }

    @Override
    public void close() {
      users.forEach(Thread::interrupt);
      for (Thread user : users) {
        try {
          user.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// Others grab all the while: that is what a breaker learns from.
  private static GrabResponse underLoad(Supplier<Optional<GrabResponse>> call) {
    return eventually(() -> {
      var _ = grab(api, USERS.incrementAndGet());
      return call.get();
    });
  }

  private static boolean redisIsUsed() {
    return api.health("order.redis");
  }

  private static Optional<GrabResponse> grab(ApiUnderTest instance, long actId) {
    GrabRequest request =
        GrabRequest.newBuilder()
            .setActivityId(ACTIVITY)
            .setSceneId(ACTIVITY + "-rain")
            .setRainId(1)
            .build();
    try {
      return Optional.of(instance.play(actId).grab(request));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  private static <T> T eventually(Supplier<Optional<T>> call) {
    Instant end = Instant.now().plus(SOON);
    while (true) {
      Optional<T> answer = call.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
