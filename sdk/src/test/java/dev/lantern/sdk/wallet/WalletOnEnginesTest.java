package dev.lantern.sdk.wallet;

import static dev.lantern.sdk.wallet.RealStores.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The reader on the real MariaDB and Redis.
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletOnEnginesTest {
  private static final Instant AT = Instant.parse("2027-01-01T12:00:00.123456789Z");

  private RealStores stores;
  private WalletKey user;

  WalletOnEnginesTest() {
    stores = new RealStores();
    user = RealStores.user();
  }

  @BeforeAll
  void warm() {
    stores.orderCenter.ping();
  }

  @BeforeEach
  void freshUser() {
    user = RealStores.user();
    stores.setEpoch(user, "settled", true);
  }

  @AfterAll
  void close() {
    stores.close();
  }

  @Test
  void wallet_atEachStepOfAnOrder_showsTheSameMoney() {
    AcceptedOrder order = order(user, 1, 88, AT);
    stores.putToken(user, order);
    WalletView promised = stores.reader().wallet(user);
    stores.bookings.book(order);
    WalletView both = stores.reader().wallet(user);
    stores.removeToken(user, order);
    WalletView booked = stores.reader().wallet(user);

    assertThat(List.of(promised, both, booked))
        .extracting(WalletView::balanceFen, WalletView::incomeFen, WalletView::missing)
        .containsOnly(org.assertj.core.groups.Tuple.tuple(88L, 88L, java.util.Set.of()));
    assertThat(promised.pendingFen()).isEqualTo(88);
    assertThat(booked.withdrawableFen()).isEqualTo(88);
  }

  @Test
  void wallet_ofAnOrderBookedBetweenTheTwoReads_showsItOnce() {
    AcceptedOrder order = order(user, 1, 88, AT);
    stores.putToken(user, order);
    TokenMaps thenBooked =
        key -> {
          TokenMap map = stores.tokens().read(key);
          stores.bookings.book(order);
          stores.removeToken(user, order);
          return map;
        };
    WalletView view = new WalletReader(thenBooked, stores.ledger()).wallet(user);
    assertThat(view.balanceFen()).isEqualTo(88);
    assertThat(view.pendingFen()).isZero();
  }

  @Test
  void mutation_snapshotBegunBeforeRedis_losesTheOrderBookedBetween() {
    AcceptedOrder order = order(user, 1, 88, AT);
    stores.putToken(user, order);
    WalletView view =
        stores.walletApi.inSnapshot(tx -> {
          stores.bookings.book(order);
          stores.removeToken(user, order);
          TokenMap map = stores.tokens().read(user);
          return WalletView.of(
              map,
              MysqlLedger.read(
                  tx, "lantern_order", Ledger.Question.of(map, user, new Ledger.Wanted.Sums())));
        });
    assertThat(view.balanceFen()).as("what the order of reads is there for").isZero();
  }

  @Test
  void wallet_withEveryKindOfRow_countsEachOnce() {
    AcceptedOrder booked = order(user, 1, 1, AT);
    AcceptedOrder parked = order(user, 2, 10, AT);
    AcceptedOrder retrying = order(user, 3, 100, AT);
    AcceptedOrder discarded = order(user, 4, 1000, AT);
    AcceptedOrder unreadable = order(user, 5, 10_000, AT);
    AcceptedOrder inInbox = order(user, 6, 100_000, AT);
    AcceptedOrder message = order(user, 7, 0, AT);
    AcceptedOrder twoWays = order(user, 1, 1_000_000, AT);
    for (AcceptedOrder one :
        List.of(booked, parked, retrying, discarded, unreadable, inInbox, message)) {
      stores.putToken(user, one);
    }
    stores.bookings.book(booked);
    stores.bookings.insert(parked, OrderState.ORDER_STATE_PARKED);
    stores.bookings.insert(retrying, OrderState.ORDER_STATE_RETRYING);
    stores.bookings.insert(discarded, OrderState.ORDER_STATE_DISCARDED);
    stores.bookings.insertUnreadable(unreadable);
    stores.bookings.insertInbox(inInbox);
    stores.bookings.insertConflict(twoWays, (byte) 1, OrderState.ORDER_STATE_PARKED);
    stores.bookings.insertConflict(twoWays, (byte) 2, OrderState.ORDER_STATE_DISCARDED);

    WalletView view = stores.reader().wallet(user);
    assertThat(view.balanceFen()).isEqualTo(1_110_111);
    assertThat(view.pendingFen()).isEqualTo(1_110_110);
    assertThat(view.pendingCount()).isEqualTo(5);
    assertThat(view.withdrawableFen()).isEqualTo(1);
  }

  @Test
  void wallet_ofAnotherChildUserOrLane_showsNothingOfThis() {
    stores.putToken(user, order(user, 1, 88, AT));
    stores.bookings.book(order(user, 2, 7, AT));
    stores.bookings.insert(order(user, 3, 9, AT), OrderState.ORDER_STATE_PARKED);
    WalletKey otherChild = new WalletKey(1, user.actId(), "spring-grey");
    WalletKey otherUser = RealStores.user();
    stores.setEpoch(otherUser, "settled", true);

    assertThat(stores.reader().wallet(user).balanceFen()).isEqualTo(104);
    assertThat(stores.reader().wallet(otherChild).balanceFen()).isZero();
    assertThat(stores.reader().flows(otherChild, Optional.empty(), 10).flows()).isEmpty();
    assertThat(stores.reader().wallet(otherUser).balanceFen()).isZero();
    TokenMap otherLane = stores.tokens().read(new WalletKey(2, user.actId(), RealStores.CHILD));
    assertThat(otherLane).isEqualTo(new TokenMap.Unusable(TokenMap.Why.NO_EPOCH));
  }

  @Test
  void wallet_inAnEpochNotSettledYet_isPartial() {
    stores.setEpoch(user, "young", false);
    stores.putToken(user, order(user, 1, 88, AT));
    stores.bookings.book(order(user, 2, 7, AT));
    WalletView view = stores.reader().wallet(user);
    assertThat(view.missing()).containsExactly(WalletView.Source.TOKENS);
    assertThat(view.balanceFen()).isEqualTo(7);
  }

  @Test
  void wallet_withAnEntryThatCannotBeRead_isPartialRatherThanWrong() {
    stores.putToken(user, order(user, 1, 88, AT));
    stores.putRaw(user, "%d_rain-a7f3_2_1_3".formatted(user.actId()), new byte[] {-1, 1, 2});
    assertThat(stores.reader().wallet(user).missing()).containsExactly(WalletView.Source.TOKENS);
  }

  @Test
  void wallet_withSomebodyElsesTokenInItsMap_isPartialRatherThanWrong() {
    stores.putToken(user, order(RealStores.user(), 1, 88, AT));
    assertThat(stores.reader().wallet(user).missing()).containsExactly(WalletView.Source.TOKENS);
  }

  @Test
  void wallet_withoutTheLedger_isUnavailable() {
    try (Database nowhere =
        Database.open(
            DatabaseConfig.at("127.0.0.1", 9, "lantern_order", "x", new Secret("x")), "nowhere")) {
      WalletReader reader =
          new WalletReader(stores.tokens(), new MysqlLedger(nowhere, "lantern_order"));
      assertThatThrownBy(() -> reader.wallet(user)).isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void wallet_readWhileOrdersAreBooked_isNeverLessThanOwedNorMoreThanPromised() throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong sent = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              Random random = new Random(5);
              for (int rain = 1; rain <= 120; rain++) {
                AcceptedOrder order =
                    order(user, rain, 1 + random.nextInt(500), AT.plusMillis(rain));
                long fen = order.getOutcome().getAward().getAmountFen();
                sent.addAndGet(fen);
                stores.putToken(user, order);
                acknowledged.addAndGet(fen);
                stores.bookings.book(order);
                stores.removeToken(user, order);
              }
              done.set(true);
            });
    int reads = 0;
    while (!done.get()) {
      long atLeast = acknowledged.get();
      WalletView view = stores.reader().wallet(user);
      long atMost = sent.get();
      assertThat(view.missing()).isEmpty();
      assertThat(view.balanceFen()).isBetween(atLeast, atMost);
      assertThat(view.incomeFen()).isEqualTo(view.balanceFen());
      reads++;
    }
    writer.join();
    assertThat(reads).as("reads while the writer wrote").isGreaterThan(20);
    assertThat(stores.reader().wallet(user).balanceFen()).isEqualTo(sent.get());
  }
}
