package dev.lantern.ordercenter.parked;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.BudgetReader;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlBudgetReader;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.parked.ParkedDesk.Resolved;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.NoLeases;
import dev.lantern.ordercenter.settle.OneLease;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class ParkedEngineTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:05Z");
  private static final long LEASE = 7;
  private static final long OWN = 8;
  private static final int PARTITION = 3;
  private static final String NONE = "";
  private static Ledger ledger;

  private final List<String> withdrawn = new ArrayList<>();
  private MysqlBookingStore books;
  private MysqlParkedStore store;
  private LogName log;
  private int requests;

  @BeforeAll
  static void open() {
    ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @BeforeEach
  void empty() {
    for (String table :
        List.of(
            "orders",
            "postings",
            "balances",
            "platform_accounts",
            "conflicts",
            "parked_records",
            "budgets",
            "budget_leases",
            "lease_booked",
            "releases",
            "daily_spend",
            "operator_requests",
            "audit")) {
      ledger.database().update("delete from " + table);
    }
    log = ledger.log("t", 8);
    ledger.budget(Given.BUDGET, 100_000);
    ledger.lease(LEASE, Given.BUDGET, 10_000, log, 10_000);
    books = new MysqlBookingStore(ledger.database());
    store = new MysqlParkedStore(ledger.database(), new AFenADay());
  }

  @Test
  void list_tellsWhatIsSetAside_inPages_andWhatItComesTo() {
    park(0, LEASE, "MYSQL_1264");
    park(1, 0, "NO_BUDGET: its lease is closed");
    book(2);
    retrying(3);
    conflict(2, 188, LEASE);
    unreadable(4);

    List<ParkedItem> all = store.list(ParkedQuery.ALL, Optional.empty(), ParkedItem.Key.FIRST, 100);
    assertThat(all).hasSize(5).isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
    assertThat(all).filteredOn(ParkedItem::unreadable).hasSize(1);
    List<ParkedItem> paged = new ArrayList<>();
    ParkedItem.Key after = ParkedItem.Key.FIRST;
    for (int page = 0; page < 5; page++) {
      List<ParkedItem> one = store.list(ParkedQuery.ALL, Optional.empty(), after, 1);
      paged.addAll(one);
      after = one.getLast().key();
    }
    assertThat(paged).isEqualTo(all);
    assertThat(store.list(ParkedQuery.ALL, Optional.empty(), after, 1)).isEmpty();

    assertThat(store.totals(ParkedQuery.ALL, Optional.empty()))
        .containsExactlyInAnyOrder(
            new ParkedItem.Total(ParkedItem.Kind.ORDER, "MYSQL_1264", 1, 88),
            new ParkedItem.Total(ParkedItem.Kind.ORDER, "NO_BUDGET", 1, 88),
            new ParkedItem.Total(ParkedItem.Kind.ORDER, "UNREADABLE", 1, 0),
            new ParkedItem.Total(ParkedItem.Kind.RETRYING, "UNAVAILABLE", 1, 88),
            new ParkedItem.Total(ParkedItem.Kind.CONFLICT, "OUTCOME_CONFLICT", 1, 188));
    ParkedQuery noBudget = new ParkedQuery("spring", "NO_BUDGET", Optional.empty(), 0);
    assertThat(store.list(noBudget, Optional.empty(), ParkedItem.Key.FIRST, 10)).hasSize(1);
    ParkedQuery older = new ParkedQuery("", "", Optional.of(given(0).at()), 0);
    assertThat(store.list(older, Optional.empty(), ParkedItem.Key.FIRST, 10))
        .allMatch(ParkedItem::unreadable);
  }

  @Test
  void resumed_isBookedOnce_onTheLeaseThatCountsIt() {
    park(0, LEASE, "MYSQL_1264");

    assertThat(resumeAll(10)).isEqualTo(new Answer.Done(1, 0, false));
    retrier(new NoLeases()).tick();
    retrier(new NoLeases()).tick();

    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(1);
    assertThat(ledger.booked(LEASE)).isEqualTo(88);
    assertThat(ledger.parked(LEASE)).isZero();
    ledger.assertConserved();
  }

  @Test
  void resumed_withoutACountedUnit_takesOneOfTheProcessesOwn() {
    park(0, 0, "NO_BUDGET: its lease is closed");
    resumeAll(10);
    retrier(new NoLeases()).tick();
    assertThat(ledger.orders(OrderState.ORDER_STATE_RETRYING_VALUE)).isEqualTo(1);

    ledger.lease(OWN, Given.BUDGET, 100, log, 10_000);
    OneLease own = new OneLease(OWN, 100, log);
    new Retrier(books, own, () -> new Moment(0, NOW.plusSeconds(900))).tick();

    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(1);
    assertThat(ledger.booked(OWN)).isEqualTo(88);
    assertThat(own.rest()).isEqualTo(12);
    ledger.assertConserved();
    assertFiguresAddUp();
  }

  @Test
  void resume_ofMany_isBounded_andItsReplayChangesNothing() {
    for (int i = 0; i < 7; i++) {
      park(i, LEASE, "MYSQL_1264");
    }
    unreadable(9);
    OperatorRequest request = request("parked.resume");

    assertThat(store.resume(request, ParkedQuery.ALL, 5, NOW))
        .isEqualTo(new Answer.Done(5, 0, false));
    assertThat(store.resume(request, ParkedQuery.ALL, 5, NOW))
        .isEqualTo(new Answer.Done(5, 0, true));
    assertThat(store.resumable(ParkedQuery.ALL)).isEqualTo(2);
    assertThat(resumeAll(5)).isEqualTo(new Answer.Done(2, 0, false));
    assertThat(resumeAll(5)).isEqualTo(new Answer.Done(0, 0, false));
    assertThat(ledger.orders(OrderState.ORDER_STATE_PARKED_VALUE)).isEqualTo(1);
  }

  @Test
  void requestId_usedForSomethingElse_isRefused() {
    park(0, LEASE, "MYSQL_1264");
    OperatorRequest request = request("parked.resume");
    store.resume(request, ParkedQuery.ALL, 5, NOW);

    OperatorRequest other =
        new OperatorRequest(
            request.requestId(), "parked.discard", "x", request.digest(), "me", "why");
    assertThat(store.resume(other, ParkedQuery.ALL, 5, NOW)).isInstanceOf(Answer.Reused.class);
  }

  @Test
  void discard_takesTheToken_endsTheOrder_andReturnsItsUnitOnce() {
    park(0, LEASE, "MYSQL_1264");
    long free = free();
    OperatorRequest request = request("parked.discard");

    assertThat(discard(request, 0)).isEqualTo(new Resolved.Done(88, false));
    assertThat(discard(request, 0)).isEqualTo(new Resolved.Done(88, true));
    assertThat(discard(request("parked.discard"), 0)).isInstanceOf(Resolved.NotParked.class);

    assertThat(withdrawn).containsExactly(given(0).orderNo().text());
    assertThat(free()).isEqualTo(free + 88);
    assertThat(ledger.orders(OrderState.ORDER_STATE_DISCARDED_VALUE)).isEqualTo(1);
    assertThat(ledger.parked(LEASE)).isZero();
    assertThat(ledger.booked(LEASE)).isEqualTo(88);
    assertThat(ledger.one("select count(*) as n from releases")).isEqualTo(1);
    assertThat(ledger.one("select count(*) as n from audit")).isEqualTo(1);
    ledger.assertConserved();
    assertFiguresAddUp();
  }

  @Test
  void discard_withoutACountedUnit_returnsNothing() {
    park(0, 0, "NO_BUDGET: its lease is closed");
    long free = free();
    assertThat(discard(request("parked.discard"), 0)).isEqualTo(new Resolved.Done(0, false));
    assertThat(free()).isEqualTo(free);
    assertFiguresAddUp();
  }

  @Test
  void resumeDiscardAndSettlement_atOnce_oneOfThemDecides() throws Exception {
    for (int round = 0; round < 40; round++) {
      int user = round;
      park(user, LEASE, "MYSQL_1264");
      atOnce(
          List.of(
              () -> discard(request("parked.discard"), user),
              () -> discard(request("parked.discard"), user),
              () -> {
                Answer resumed = resumeAll(500);
                retrier(new NoLeases()).tick();
                return resumed;
              }));
    }
    retrier(new NoLeases()).tick();
    long booked = ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE);
    long discarded = ledger.orders(OrderState.ORDER_STATE_DISCARDED_VALUE);
    assertThat(booked + discarded).isEqualTo(40);
    assertThat(ledger.one("select count(*) as n from releases")).isEqualTo(discarded);
    ledger.assertConserved();
    assertFiguresAddUp();
  }

  @Test
  void conflict_isPaidBesideItsOrder_once() {
    book(0);
    conflict(0, 188, LEASE);
    String id = conflictId();
    OperatorRequest request = request("parked.pay");

    assertThat(pay(new NoLeases(), request, id)).isEqualTo(new Resolved.Done(188, false));
    assertThat(pay(new NoLeases(), request, id)).isEqualTo(new Resolved.Done(188, true));
    assertThat(pay(new NoLeases(), request("parked.pay"), id))
        .isInstanceOf(Resolved.NotParked.class);

    assertThat(ledger.one("select sum(booked_fen) as n from balances")).isEqualTo(88 + 188);
    assertThat(ledger.one("select sum(fen) as n from daily_spend")).isEqualTo(188);
    assertThat(ledger.parked(LEASE)).isZero();
    ledger.assertConserved();
    assertFiguresAddUp();
  }

  @Test
  void conflict_withoutACountedUnit_isPaidUnderALeaseOfOnesOwn() {
    book(0);
    conflict(0, 188, 0);
    assertThat(pay(new NoLeases(), request("parked.pay"), conflictId()))
        .isInstanceOf(Resolved.NoUnit.class);

    ledger.lease(OWN, Given.BUDGET, 200, log, 10_000);
    assertThat(pay(new OneLease(OWN, 200, log), request("parked.pay"), conflictId()))
        .isEqualTo(new Resolved.Done(188, false));
    assertThat(ledger.booked(OWN)).isEqualTo(188);
    ledger.assertConserved();
    assertFiguresAddUp();
  }

  @Test
  void conflict_onAFencedLease_isNotPaid_andStaysOpen() {
    book(0);
    conflict(0, 188, 0);
    ledger.lease(OWN, Given.BUDGET, 1_000, log, 10_000);
    ledger.fence(OWN, PARTITION);
    assertThat(pay(new OneLease(OWN, 1_000, log), request("parked.pay"), conflictId()))
        .isInstanceOf(Resolved.NoUnit.class);
    assertThat(ledger.one("select count(*) as n from conflicts where state = 4")).isEqualTo(1);
    ledger.assertConserved();
  }

  @Test
  void conflict_discarded_returnsItsUnit_andLeavesTheOrder() {
    book(0);
    conflict(0, 188, LEASE);
    long free = free();
    Resolved discarded =
        desk(new NoLeases())
            .discard(
                request("parked.discard"),
                given(0).actId(),
                given(0).orderNo().text(),
                conflictId());
    assertThat(discarded).isEqualTo(new Resolved.Done(188, false));
    assertThat(free()).isEqualTo(free + 188);
    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(1);
    ledger.assertConserved();
    assertFiguresAddUp();
  }

  private Answer resumeAll(int limit) {
    return store.resume(request("parked.resume"), ParkedQuery.ALL, limit, NOW);
  }

  private Resolved discard(OperatorRequest request, int user) {
    Given given = given(user);
    return desk(new NoLeases()).discard(request, given.actId(), given.orderNo().text(), NONE);
  }

  private Resolved pay(Leases leases, OperatorRequest request, String conflictId) {
    return desk(leases).pay(request, given(0).actId(), given(0).orderNo().text(), conflictId);
  }

  private ParkedDesk desk(Leases leases) {
    return new ParkedDesk(
        store,
        (_, orderNo, _) -> {
          synchronized (withdrawn) {
            withdrawn.add(orderNo);
          }
        },
        leases,
        () -> new Moment(0, NOW));
  }

  private Retrier retrier(Leases leases) {
    return new Retrier(books, leases, () -> new Moment(0, NOW.plusSeconds(600)));
  }

  private String conflictId() {
    return ConflictId.of(
        store
            .list(ParkedQuery.ALL, Optional.of(ParkedItem.Kind.CONFLICT), ParkedItem.Key.FIRST, 10)
            .getFirst()
            .key()
            .promise());
  }

  private synchronized OperatorRequest request(String action) {
    requests++;
    return new OperatorRequest(
        "r-" + requests, action, "target", ByteString.copyFrom(new byte[32]), "operator", "a test");
  }

  private static Given given(int user) {
    return Given.of(Given.user(user, PARTITION, 8), 88, LEASE);
  }

  private void park(int user, long counted, String why) {
    LogRecord.Promised record = given(user).at(-1);
    commit(new Verdict.Park(record, record.promise(), counted, why));
  }

  private void book(int user) {
    LogRecord.Promised record = given(user).at(-1);
    commit(new Verdict.Book(record, record.promise(), LEASE));
  }

  private void retrying(int user) {
    LogRecord.Promised record = given(user).at(-1);
    commit(new Verdict.Retry(record, record.promise(), "UNAVAILABLE", NOW));
  }

  private void conflict(int user, long fen, long counted) {
    LogRecord.Promised record = given(user).withFen(fen).at(-1);
    commit(
        new Verdict.Conflict(
            record, record.promise(), counted, Verdict.ConflictReason.OUTCOME_CONFLICT));
  }

  private void unreadable(int user) {
    commit(
        new Verdict.ParkUnreadable(
            new LogRecord.Unreadable(
                5,
                given(user).actId(),
                "log:t:3:5",
                ByteString.copyFromUtf8("?"),
                "not an AcceptedOrder",
                "")));
  }

  private void commit(Verdict verdict) {
    assertThat(books.commit(Effects.of(List.of(verdict), PARTITION, NOW.minusSeconds(60))))
        .isEqualTo(new BookingStore.Result.Done());
  }

  private long free() {
    return ledger.one("select free as n from budgets");
  }

  private void assertFiguresAddUp() {
    BudgetReader.Figures figures =
        new MysqlBudgetReader(ledger.database()).figures(Given.BUDGET).orElseThrow();
    assertThat(figures.free() + figures.leased() + figures.booked() + figures.parked())
        .isEqualTo(figures.total());
  }

  /// Nobody may have more than a fen a day; what is paid all the same is counted.
  private static final class AFenADay implements FundLimits {
    @Override
    public Optional<String> flaw(String activityId, String sceneId, Instant at, long fen) {
      return Optional.empty();
    }

    @Override
    public Optional<DailyCap> dailyCap(String activityId, String sceneId, long actId, Instant at) {
      return Optional.of(
          new DailyCap(new DailyCap.Day(actId, LocalDate.of(2027, 1, 1), activityId), 1));
    }
  }

  private static void atOnce(List<Callable<?>> steps) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Callable<?> step : steps) {
        all.add(threads.submit(step));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }
}
