package dev.lantern.ordercenter.fund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.BudgetControl.Guard;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlBudgetControl;
import dev.lantern.ordercenter.fund.Days.Reservation;
import dev.lantern.ordercenter.fund.Days.Reserved;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.GroupBooking;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.NoLeases;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class DailyCapEngineTest {
  private final Instant dayBegins = Instant.now().minusSeconds(3_600);
  private final Instant dayEnds = Instant.now().plusSeconds(3_600);
  private static final int PARTITION = 3;
  private static final long LEASE = 7;
  private static final long CAP = 200;
  private static final Script EPOCH =
      Redis.script(
          """
          local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
          redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'run_id', run, 'set_at_ms', ARGV[2])
          return {}
          """);

  private final Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A);
  private final long actId = ThreadLocalRandom.current().nextLong(1, 1L << 40);
  private Ledger ledger;
  private Redis redis;
  private RedisDays days;
  private MysqlBookingStore books;
  private LogName log;

  @BeforeEach
  void open() {
    ledger = Ledger.open(engines);
    log = ledger.log("t", 8);
    ledger.budget(Given.BUDGET, 1_000_000);
    ledger.lease(LEASE, Given.BUDGET, 500_000, log, 10_000);
    books = new MysqlBookingStore(ledger.database(), new Capped());
    redis =
        Redis.connect(
            RedisConfig.at(
                    engines.host(),
                    engines.port(Engine.REDIS_A),
                    new Secret(engines.redisPassword(Engine.REDIS_A)))
                .withCallTimeout(Duration.ofSeconds(5)),
            "test");
    days = new RedisDays(redis);
    epoch("epoch-1", dayBegins.minusSeconds(60));
  }

  @AfterEach
  void close() {
    ledger.assertConserved();
    redis.close();
    ledger.close();
  }

  @Test
  void day_takesWhatFits_andARetryCountsOnce() {
    assertThat(reserve("a", 120)).isEqualTo(Reserved.ADMITTED);
    assertThat(reserve("a", 120)).isEqualTo(Reserved.ADMITTED);
    assertThat(reserve("b", 81)).isEqualTo(Reserved.OVER);
    assertThat(reserve("b", 80)).isEqualTo(Reserved.ADMITTED);
    assertThat(reserve("c", 1)).isEqualTo(Reserved.OVER);
    assertThat(reserve("a", 100)).isEqualTo(Reserved.ADMITTED);
  }

  @Test
  void ordersAtOnce_neverGoOverTheCap() throws Exception {
    long admitted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reserved>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String order = "order-" + i;
        all.add(threads.submit(() -> reserve(order, 30)));
      }
      for (Future<Reserved> one : all) {
        admitted += one.get() == Reserved.ADMITTED ? 30 : 0;
      }
    }
    assertThat(admitted).isEqualTo(180);
  }

  @Test
  void epochThatBeganWithinTheDay_isUnsure_untilItIsSeeded() {
    reserve("a", 120);
    epoch("epoch-2", Instant.now());
    assertThat(reserve("b", 10)).isEqualTo(Reserved.UNSURE);
    assertThat(days.reserve(ask("b", 50), Optional.of(Map.of("z", 160L)))).isEqualTo(Reserved.OVER);
    assertThat(days.reserve(ask("b", 30), Optional.of(Map.of("z", 10L)))).isEqualTo(Reserved.OVER);
    assertThat(reserve("z", 160)).isEqualTo(Reserved.ADMITTED);
  }

  @Test
  void booking_overTheCap_isParkedAlone_andTheRestOfItsGroupBooked() {
    List<LogRecord> group = new ArrayList<>();
    for (int round = 1; round <= 4; round++) {
      group.add(capped(round).at(round - 1));
    }
    group.add(Given.of(Given.user(1, PARTITION, 8), 88, LEASE).at(4));
    List<Verdict> verdicts = book(group);

    assertThat(verdicts).filteredOn(Verdict.Book.class::isInstance).hasSize(3);
    assertThat(verdicts)
        .filteredOn(Verdict.Park.class::isInstance)
        .allSatisfy(
            verdict -> assertThat(((Verdict.Park) verdict).reason()).startsWith(DailyCap.CODE))
        .hasSize(2);
    assertThat(ledger.one("select sum(fen) as n from daily_spend where act_id = " + user()))
        .isEqualTo(2 * 88);
    assertThat(ledger.parked(LEASE)).isEqualTo(2 * 88);
  }

  @Test
  void orderThatIsResumedByAnOperator_isPaidOverTheCap() {
    book(List.of(capped(1).at(0), capped(2).at(1), capped(3).at(2)));
    assertThat(ledger.orders(OrderState.ORDER_STATE_PARKED_VALUE)).isEqualTo(1);
    ledger
        .database()
        .update(
            "update orders set state = 3, next_at = utc_timestamp(6),"
                + " park_reason = concat('RESUMED: ', park_reason), seq = seq + 1 where state = 4");
    retry();
    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(3);
    assertThat(ledger.one("select sum(fen) as n from daily_spend")).isEqualTo(3 * 88);
  }

  @Test
  void waiver_outlivesATryThatFails() {
    book(List.of(capped(1).at(0), capped(2).at(1), capped(3).at(2)));
    ledger
        .database()
        .update(
            "update orders set state = 3, next_at = utc_timestamp(6),"
                + " park_reason = concat('RESUMED: ', park_reason), seq = seq + 1 where state = 4");
    // No lease has counted it, and this process has none: the first try fails.
    ledger.database().update("update orders set counted_lease_id = 0 where state = 3");
    retry();
    assertThat(
            ledger.one(
                "select count(*) as n from orders where state = 3 and tries = 1"
                    + " and park_reason like 'RESUMED: OVER_DAILY_CAP: NO_BUDGET%'"))
        .isEqualTo(1);

    ledger
        .database()
        .update(
            "update orders set counted_lease_id = ?, next_at = utc_timestamp(6) where state = 3",
            LEASE);
    retry();
    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(3);
    assertThat(ledger.one("select sum(fen) as n from daily_spend")).isEqualTo(3 * 88);
  }

  @Test
  void orderThatIsRetriedByItself_isHeldAgainstTheCap() {
    book(List.of(capped(1).at(0), capped(2).at(1)));
    Verdict retry =
        new Verdict.Retry(capped(3).at(-1), capped(3).promise(), "UNAVAILABLE", Instant.now());
    assertThat(books.commit(Effects.of(List.of(retry), PARTITION, Instant.now())))
        .isEqualTo(new BookingStore.Result.Done());
    retry();
    assertThat(ledger.orders(OrderState.ORDER_STATE_PARKED_VALUE)).isEqualTo(1);
    assertThat(ledger.one("select count(*) as n from orders where park_reason like 'OVER_DAILY%'"))
        .isEqualTo(1);
  }

  @Test
  void bookingsOfOneDay_atOnce_neverGoOverTheCap() throws Exception {
    int booked = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BookingStore.Result>> all = new ArrayList<>();
      for (int round = 1; round <= 12; round++) {
        Given given = capped(round);
        Verdict book = new Verdict.Book(given.at(-1), given.promise(), LEASE);
        all.add(
            threads.submit(() ->
                books.commit(Effects.of(List.of(book), PARTITION, Instant.now(), new Capped()))));
      }
      for (Future<BookingStore.Result> one : all) {
        booked += one.get() instanceof BookingStore.Result.Done ? 1 : 0;
      }
    }
    assertThat(booked).isEqualTo(2);
  }

  @Test
  void spentToday_isWhatLedgerAndTokensTell() {
    book(List.of(capped(1).at(0)));
    DailyCap.Day day = new Capped().dailyCap(capped(1).promise()).orElseThrow().day();
    StoredSpent spent =
        new StoredSpent(new RedisTokenStore(redis, Lane.LANE_LIVE), ledger.database());
    assertThat(spent.of(day, capped(1).at().minusSeconds(60), capped(1).at().plusSeconds(60)))
        .containsExactly(Map.entry(capped(1).orderNo().text(), 88L));
    assertThat(spent.of(day, capped(1).at().plusSeconds(60), capped(1).at().plusSeconds(90)))
        .isEmpty();
    assertThat(spent.ofLedger(day, capped(1).at().minusSeconds(60), capped(1).at().plusSeconds(60)))
        .containsExactly(Map.entry(capped(1).orderNo().text(), 88L));
  }

  @Test
  void samples_tellTheRate_andTheGuardFreezes() {
    MysqlBudgetSamples samples = new MysqlBudgetSamples(ledger.database());
    MysqlBudgetControl control = new MysqlBudgetControl(ledger.database());
    ledger.database().update("update budgets set freeze_per_second = 10");
    Instant begun = Instant.parse("2027-01-01T12:00:00Z");
    assertThat(samples.take(begun)).extracting(BudgetUse::used).containsExactly(0L);
    book(List.of(capped(1).at(0), Given.of(Given.user(1, PARTITION, 8), 88, LEASE).at(1)));

    BudgetUse later = samples.take(begun.plusSeconds(5)).getFirst();
    assertThat(later.used()).isEqualTo(88 * 2);
    assertThat(later.perSecond()).isEqualTo(88 * 2 / 5.0);
    assertThat(later.finding()).contains(BudgetUse.Finding.TOO_FAST);
    assertThat(later.guard()).isEqualTo(new Guard(0, 0, 10));
    assertThat(samples.take(begun.plusSeconds(6)).getFirst().used()).isEqualTo(88 * 2);
    assertThat(ledger.one("select count(*) as n from budget_samples")).isEqualTo(2);
    assertThat(control.freezeByGuard(Given.BUDGET, "fast")).isTrue();
    assertThat(samples.take(begun.plusSeconds(10)).getFirst().finding()).isEmpty();
    assertThat(samples.take(begun.plusSeconds(7_200))).hasSize(1);
    assertThat(ledger.one("select count(*) as n from budget_samples")).isEqualTo(1);
  }

  private List<Verdict> book(List<LogRecord> group) {
    MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
    offsets.ensureRows(log);
    PartitionId id = new PartitionId(log, PARTITION);
    Claim claim = new Claim(id, offsets.take(offsets.row(id).orElseThrow(), "w").orElseThrow());
    GroupBooking booking =
        new GroupBooking(
            books, offsets, () -> new Moment(System.nanoTime(), Instant.now()), new Capped());
    GroupBooking.Outcome outcome =
        booking.book(claim, 0, group, new GroupBooking.Manner(false, false));
    return ((GroupBooking.Outcome.Booked) outcome).verdicts();
  }

  private void retry() {
    new Retrier(books, new NoLeases(), () -> new Moment(0, Instant.now().plusSeconds(60))).tick();
  }

  private Reserved reserve(String order, long fen) {
    return days.reserve(ask(order, fen), Optional.empty());
  }

  private Reservation ask(String order, long fen) {
    DailyCap cap = new DailyCap(new DailyCap.Day(actId, LocalDate.of(2027, 1, 1), "spring"), CAP);
    return new Reservation(Lane.LANE_LIVE, cap, order, fen, dayBegins, dayEnds);
  }

  private void epoch(String id, Instant setAt) {
    redis.eval(
        EPOCH,
        TokenBuckets.epochKeyOf(Lane.LANE_LIVE_VALUE, actId),
        Call.arg(id),
        Call.arg(setAt.toEpochMilli()));
  }

  private static long user() {
    return Given.user(0, PARTITION, 8);
  }

  private static Given capped(int round) {
    return Given.of(user(), 88, LEASE).withRound(round);
  }

  /// One user may have 200 fen a day.
  private static final class Capped implements FundLimits {
    @Override
    public Optional<String> flaw(String activityId, String sceneId, Instant at, long fen) {
      return Optional.empty();
    }

    @Override
    public Optional<DailyCap> dailyCap(String activityId, String sceneId, long actId, Instant at) {
      return actId == user()
          ? Optional.of(
              new DailyCap(new DailyCap.Day(actId, LocalDate.of(2027, 1, 1), activityId), CAP))
          : Optional.empty();
    }
  }
}
