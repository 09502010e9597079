package dev.lantern.ordercenter.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.NoLeases;
import dev.lantern.ordercenter.settle.OneLease;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.LeaseSweep;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.ordercenter.sweep.SilentSweepWatch;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The ending of a presentation window (L7) on a real ledger and a real Redis. Lease time 10 s,
/// margin 2 s.
@Tag("engine")
class WindowCloserEngineTest {
  private static final long LEASE = 31;
  private static final long OWN = 77;
  private static final long TOTAL = 10_000;
  private static final long SLICE = 4_000;
  private static final Instant NOW = Instant.parse("2027-01-01T13:00:00Z");
  private static final Script FLUSH = Redis.script("redis.call('FLUSHALL') return {KEYS[1]}");
  private static final Script PUT =
      Redis.script("redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) return {}");

  private final Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A);
  private final Ledger ledger = Ledger.open(engines);
  private final Redis redis =
      Redis.connect(
          RedisConfig.at(
                  engines.host(),
                  engines.port(Engine.REDIS_A),
                  new Secret(engines.redisPassword(Engine.REDIS_A)))
              .withCallTimeout(Duration.ofSeconds(5)),
          "windows");
  private final LogName log = ledger.log("topicW", 8);
  private final MysqlLeaseClosingStore store = new MysqlLeaseClosingStore(ledger.database());
  private final TokenStore tokens = new RedisTokenStore(redis, Lane.LANE_LIVE);
  private final Given given = Given.of(Given.user(0, 3, 8), 50, LEASE);
  private String servers = "run-1";
  private Duration elapsed = Duration.ZERO;

  @BeforeEach
  void frozen() {
    redis.eval(FLUSH, "any");
    ledger.budget(Given.BUDGET, TOTAL);
    ledger.lease(LEASE, Given.BUDGET, SLICE, log, 10_000);
    ledger.lease(OWN, Given.BUDGET, 1_000, log, 10_000);
    ledger.database().update("update budget_leases set state = 3 where lease_id = ?", LEASE);
  }

  @AfterEach
  void close() {
    redis.close();
    ledger.close();
  }

  @Test
  void frozenLease_whoseWindowNobodyEnded_staysAsItIs() {
    WindowCloser closer = closer(new NoLeases());

    tickUntilOver(closer);

    assertThat(state()).isEqualTo(LeaseState.FROZEN.code());
  }

  @Test
  void endedWindow_afterTheWait_booksWhatRedisHolds_andReturnsTheRest() {
    put(given);
    endWindow();
    WindowCloser closer = closer(new NoLeases());
    closer.tick();
    elapsed = Duration.ofMillis(11_999);
    closer.tick();
    assertThat(ledger.orders(1)).as("its holder may still acknowledge").isZero();

    tickUntilOver(closer);

    assertThat(ledger.booked(LEASE)).isEqualTo(50);
    assertThat(tokens.ofUser(given.actId())).isEmpty();
    assertThat(state()).isEqualTo(LeaseState.CLOSED.code());
    assertThat(free()).isEqualTo(TOTAL - 1_000 - 50);
    ledger.assertConserved();
  }

  @Test
  void closerThatDiesAfterAnyStep_isFollowedByOneThatEndsIt() {
    put(given);
    endWindow();
    for (int steps = 1; steps <= 4; steps++) {
      WindowCloser dying = closer(new NoLeases());
      dying.tick();
      elapsed = elapsed.plusSeconds(12);
      for (int step = 0; step < steps; step++) {
        dying.tick();
      }
    }

    assertThat(state()).isEqualTo(LeaseState.CLOSED.code());
    assertThat(ledger.booked(LEASE)).isEqualTo(50);
    assertThat(free()).isEqualTo(TOTAL - 1_000 - 50);
    ledger.assertConserved();
  }

  @Test
  void redisThatChangedServersDuringTheWalk_isWalkedAgain() {
    endWindow();
    TokenStore failingOver =
        new ForwardingTokens(tokens) {
          @Override
          public Page walk(int entrance, String cursor) {
            Page page = super.walk(entrance, cursor);
            if (servers.equals("run-1")) {
              servers = "run-2";
              put(given);
            }
            return page;
          }
        };
    WindowCloser closer = closer(failingOver, new NoLeases());

    tickUntilOver(closer);

    assertThat(ledger.booked(LEASE)).isEqualTo(50);
    assertThat(state()).isEqualTo(LeaseState.CLOSED.code());
  }

  @Test
  void tokenPresentedAfterTheEnding_isBookedUnderSettlementsOwnLease() {
    endWindow();
    tickUntilOver(closer(new NoLeases()));

    Forcing.Outcome outcome = forcing(new OneLease(OWN, 1_000, log)).force(given.promise(), false);

    assertThat(outcome).isEqualTo(Forcing.Outcome.FORCED);
    assertThat(ledger.booked(LEASE)).isZero();
    assertThat(ledger.booked(OWN)).isEqualTo(50);
    ledger.assertConserved();
  }

  @Test
  void fenceWithoutEnd_ofALeaseWhoseWindowIsOpen_doesNothing() {
    store.fenceWithoutEnd(LEASE);

    assertThat(ledger.one("select sum(fenced) as n from lease_booked")).isZero();
  }

  private void tickUntilOver(WindowCloser closer) {
    closer.tick();
    elapsed = elapsed.plusSeconds(12);
    for (int step = 0; step < 6; step++) {
      closer.tick();
    }
  }

  private WindowCloser closer(Leases leases) {
    return closer(tokens, leases);
  }

  private WindowCloser closer(TokenStore walked, Leases leases) {
    return new WindowCloser(
        store,
        new LeaseSweep(walked, forcing(leases), () -> servers, new SilentSweepWatch()),
        this::now,
        Duration.ofSeconds(2),
        new SilentClosingWatch());
  }

  private Forcing forcing(Leases leases) {
    return new Forcing(
        new MysqlBookingStore(ledger.database()), leases, this::now, Lane.LANE_LIVE, () -> 8);
  }

  private Moment now() {
    return new Moment(elapsed.toNanos(), NOW.plus(elapsed));
  }

  private void endWindow() {
    ledger
        .database()
        .update(
            "update budget_leases set window_ended_at = utc_timestamp(6) where lease_id = ?",
            LEASE);
  }

  private void put(Given promised) {
    redis.eval(
        PUT,
        TokenBuckets.tokensKey(Lane.LANE_LIVE_VALUE, promised.actId()),
        Call.arg(promised.orderNo().text()),
        StoredToken.newBuilder().setOrder(promised.proto()).build().toByteArray());
  }

  private long state() {
    return ledger.one("select state as n from budget_leases where lease_id = ?", LEASE);
  }

  private long free() {
    return ledger.one("select free as n from budgets where budget_id = ?", Given.BUDGET);
  }
}
