package dev.lantern.ordercenter.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.GroupBooking;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlInboxRows;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.NoLeases;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class UserForcingEngineTest {
  private static final int ROUNDS = 200;
  private static final int PARTITION = 3;
  private static final long LEASE = 7;
  private static final Clock CLOCK = () -> new Moment(System.nanoTime(), Instant.now());

  private final Tokens tokens = new Tokens();
  private Ledger ledger;
  private MysqlBookingStore books;
  private LogName log;

  @BeforeEach
  void open() {
    ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
    log = ledger.log("t", 8);
    ledger.budget(Given.BUDGET, 1_000_000);
    ledger.lease(LEASE, Given.BUDGET, 500_000, log, 10_000);
    books = new MysqlBookingStore(ledger.database());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void force_racingTheWorkerOnOneUser_booksEachOrderOnce() throws Exception {
    MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
    offsets.ensureRows(log);
    PartitionId id = new PartitionId(log, PARTITION);
    long epoch = offsets.take(offsets.row(id).orElseThrow(), "w").orElseThrow();
    Claim claim = new Claim(id, epoch);
    GroupBooking worker = new GroupBooking(books, offsets, CLOCK);
    int byForce = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        Given given = given(round + 1);
        tokens.put(given);
        int offset = round;
        CyclicBarrier start = new CyclicBarrier(2);
        Future<UserForcing.Forced> forced =
            threads.submit(() -> {
              start.await();
              return forcing().settle(given.actId(), "spring");
            });
        start.await();
        worker.book(
            claim, offset, List.of(given.at(offset)), new GroupBooking.Manner(false, false));
        UserForcing.Forced told = forced.get();
        assertThat(told.booked().size() + told.known()).isEqualTo(1);
        assertThat(told.remaining()).isEmpty();
        byForce += told.booked().size();
      }
    }
    assertThat(tokens.stored).isEmpty();
    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(ROUNDS);
    assertThat(ledger.one("select count(*) as n from postings")).isEqualTo(ROUNDS);
    assertThat(ledger.booked(LEASE)).isEqualTo(ROUNDS * 88L);
    assertThat(byForce).isBetween(1, ROUNDS - 1);
    ledger.assertConserved();
  }

  @Test
  void force_booksTokensAndRetries_andTellsWhatStays() {
    tokens.put(given(1));
    tokens.put(given(2).withLease(99));
    setAside(
        new Verdict.Retry(
            given(3).at(-1), given(3).promise(), "UNAVAILABLE", Instant.now().plusSeconds(60)));
    setAside(new Verdict.Park(given(4).at(-1), given(4).promise(), LEASE, "MYSQL_1264"));

    UserForcing.Forced forced = forcing().settle(given(1).actId(), "");

    assertThat(forced.booked())
        .extracting(UserForcing.Booked::orderNo)
        .containsExactlyInAnyOrder(given(1).orderNo().text(), given(3).orderNo().text());
    assertThat(forced.remaining())
        .containsExactlyInAnyOrder(
            new UserForcing.Remaining(
                given(2).orderNo().text(), 88, OrderState.ORDER_STATE_PROCESSING, "BUSY"),
            new UserForcing.Remaining(
                given(4).orderNo().text(), 88, OrderState.ORDER_STATE_PARKED, "MYSQL_1264"));
    assertThat(tokens.stored).extracting(token -> token.promise().leaseId()).containsExactly(99L);
    ledger.assertConserved();
  }

  @Test
  void force_booksWhatWaitsInTheInbox_onItsOwnLease_once() {
    waits(given(1));
    waits(given(2));
    waits(given(3).withLease(99));
    tokens.put(given(2));

    UserForcing.Forced forced = forcing().settle(given(1).actId(), "");
    assertThat(forced.booked())
        .extracting(UserForcing.Booked::orderNo)
        .containsExactlyInAnyOrder(given(1).orderNo().text(), given(2).orderNo().text());
    assertThat(forced.remaining())
        .containsExactly(
            new UserForcing.Remaining(
                given(3).orderNo().text(), 88, OrderState.ORDER_STATE_PROCESSING, "BUSY"));
    assertThat(forced.known()).isZero();
    assertThat(ledger.booked(LEASE)).isEqualTo(2 * 88);

    assertThat(forcing().settle(given(1).actId(), "").booked()).isEmpty();
    assertThat(ledger.booked(LEASE)).isEqualTo(2 * 88);
    ledger.assertConserved();
  }

  @Test
  void force_withoutRedis_booksInboxAndRetriesAllTheSame() {
    tokens.put(given(1));
    waits(given(2));
    setAside(
        new Verdict.Retry(
            given(3).at(-1), given(3).promise(), "UNAVAILABLE", Instant.now().plusSeconds(60)));
    tokens.away = true;
    assertThatThrownBy(() -> forcing().settle(given(1).actId(), ""))
        .isInstanceOf(RedisUnavailableException.class);
    assertThat(ledger.orders(OrderState.ORDER_STATE_SUCCESS_VALUE)).isEqualTo(2);
    assertThat(ledger.orders(OrderState.ORDER_STATE_RETRYING_VALUE)).isZero();

    tokens.away = false;
    assertThat(forcing().settle(given(1).actId(), "").booked())
        .extracting(UserForcing.Booked::orderNo)
        .containsExactly(given(1).orderNo().text());
    ledger.assertConserved();
  }

  @Test
  void force_thatFails_usesUpNoTryOfTheOrder() {
    setAside(
        new Verdict.Retry(
            given(1).at(-1), given(1).promise(), "UNAVAILABLE", Instant.now().plusSeconds(60)));
    ledger.database().update("update orders set counted_lease_id = 0");
    UserForcing.Forced forced = forcing().settle(given(1).actId(), "");
    assertThat(forced.remaining()).hasSize(1);
    assertThat(ledger.one("select tries as n from orders")).isZero();
    assertThat(ledger.orders(OrderState.ORDER_STATE_RETRYING_VALUE)).isEqualTo(1);
  }

  @Test
  void force_ofAnotherActivity_leavesItAlone() {
    tokens.put(given(1));
    UserForcing.Forced forced = forcing().settle(given(1).actId(), "autumn");
    assertThat(forced.booked()).isEmpty();
    assertThat(tokens.stored).hasSize(1);
  }

  private UserForcing forcing() {
    return new UserForcing(
        tokens,
        new MysqlInboxRows(ledger.database())::ofUser,
        books::ofUser,
        new Forcing(books, new NoLeases(), CLOCK, Lane.LANE_LIVE, () -> 8),
        new Retrier(books, new NoLeases(), CLOCK),
        CLOCK,
        Duration.ofSeconds(5));
  }

  private void waits(Given given) {
    ledger
        .database()
        .update(
            "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
                + " created_at) values (?, ?, ?, ?, ?, ?, utc_timestamp(6))",
            given.actId(),
            given.orderNo().text(),
            given.lease(),
            PARTITION,
            given.proto().getFingerprint().toByteArray(),
            given.proto().toByteArray());
  }

  private void setAside(Verdict verdict) {
    var _ = books.commit(Effects.of(List.of(verdict), PARTITION, Instant.now()));
  }

  private static Given given(int round) {
    return Given.of(Given.user(0, PARTITION, 8), 88, LEASE).withRound(round);
  }

  private static final class Tokens implements TokenStore {
    final List<StoredToken> stored = new CopyOnWriteArrayList<>();
    volatile boolean away;

    void put(Given given) {
      stored.add(new StoredToken(given.promise(), ByteString.copyFromUtf8("token " + given)));
    }

    @Override
    public List<Integer> entrances() {
      return List.of();
    }

    @Override
    public Page walk(int entrance, String cursor) {
      return new Page(START, List.of(), 0);
    }

    @Override
    public List<StoredToken> ofUser(long actId) {
      if (away) {
        throw new RedisUnavailableException("cut by the test", null);
      }
      return stored.stream().filter(token -> token.promise().actId() == actId).toList();
    }

    @Override
    public List<StoredToken> stillThere(Collection<StoredToken> tokens) {
      return List.copyOf(tokens);
    }

    @Override
    public void remove(Collection<StoredToken> tokens) {
      stored.removeAll(tokens);
    }
  }
}
