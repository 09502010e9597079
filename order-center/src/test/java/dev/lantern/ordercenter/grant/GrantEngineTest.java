package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.downstream.v1.GrantResult;
import dev.lantern.ordercenter.grant.GrantWorld.Promised;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.RetryPolicy;
import dev.lantern.proving.downstream.Behaviour;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// S8 over a real ledger and the reference downstream.
@Tag("engine")
class GrantEngineTest {
  private static final int ALL = 10_000;
  private static final int MANY_TRIES = 100;

  @TempDir Path folder;
  private GrantWorld world;

  @BeforeEach
  void open() {
    world = new GrantWorld(folder);
  }

  @AfterEach
  void close() {
    try {
      world.assertLaws();
    } finally {
      world.close();
    }
  }

  @Test
  void repliesLost_oneGrantEach() {
    world.behaviour = Behaviour.GOOD.losing(ALL / 2);
    List<Promised> promised = world.book(24, Optional.empty());

    world.settle(world.granter(world.store, MANY_TRIES));

    assertThat(world.count("orders where state = 8 and booked_at is not null")).isEqualTo(24);
    assertThat(world.vendor.journal().granted()).isEqualTo(24);
    assertThat(world.vendor.downstream().calls()).as("asked again").isGreaterThan(24);
    assertThat(world.vendor.journal().entries())
        .containsOnlyKeys(promised.stream().map(one -> one.grantId(1)).toList());
    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE);
  }

  @Test
  void sceneWithARetryPolicyOfItsOwn_goesBeforeTheDownstreamsPatience() {
    world.behaviour = Behaviour.GOOD.losing(ALL);
    List<Promised> promised = world.book(2, Optional.empty());
    RetryPolicy own = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(10));

    world.settle(
        world.granter(
            world.store,
            MANY_TRIES,
            false,
            (activity, child, scene, _) ->
                Optional.of(own)
                    .filter(_ ->
                        activity.equals("spring")
                            && child.equals(Ledger.child())
                            && scene.equals("rain-a7f3"))));

    assertThat(promised).allMatch(one -> world.vendor.downstream().callsFor(one.grantId(1)) == 3);
    assertThat(world.count("orders where state = 4")).isEqualTo(2);
  }

  @Test
  void repliesLost_askedAbout_areNotAskedForAgain() {
    world.behaviour = Behaviour.GOOD.losing(ALL);
    List<Promised> promised = world.book(4, Optional.empty());

    world.settle(world.granter(world.store, MANY_TRIES, true));

    assertThat(promised).allMatch(one -> world.vendor.downstream().callsFor(one.grantId(1)) == 1);
    assertThat(world.count("orders where state = 8")).isEqualTo(4);
  }

  @Test
  void refused_unitComesBack_andCashIsGiven() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    List<Promised> promised = world.book(6, Optional.of(GrantWorld.CASH));

    world.settle(world.granter(world.store, MANY_TRIES));

    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + 6);
    assertThat(world.count("releases where step = 1 and amount = 1")).isEqualTo(6);
    Row order = world.order(promised.getFirst());
    assertThat(order.getInt("state")).isEqualTo(8);
    assertThat(order.getInt("given_type")).isEqualTo(1);
    assertThat(order.getLong("amount_fen")).isEqualTo(GrantWorld.SMALL_FEN);
    assertThat(order.getBoolean("fallback")).isTrue();
    assertThat(world.ledger.one("select sum(booked_fen) as n from balances where purse = 1"))
        .isEqualTo(6 * GrantWorld.SMALL_FEN);
    assertThat(world.vendor.downstream().calls()).isEqualTo(6);
  }

  @Test
  void refused_videoSubsidyInstead_goesIntoAPurseOfItsOwn() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    world.book(1, Optional.of(GrantWorld.SUBSIDY));

    world.settle(world.granter(world.store, MANY_TRIES));

    assertThat(world.ledger.one("select sum(booked_fen) as n from balances where purse = 2"))
        .isEqualTo(GrantWorld.SMALL_FEN);
    assertThat(world.count("balances where purse = 1")).isZero();
    assertThat(world.count("postings where purse = 2 and credit_account like 'user:%:2'"))
        .isEqualTo(1);
  }

  @Test
  void refused_recordOfThePromise_isStillKnown() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    Promised promised = world.book(1, Optional.of(GrantWorld.BLESSING)).getFirst();
    world.settle(world.granter(world.store, MANY_TRIES));

    var known = world.books.lookUp(List.of(promised.record())).orders();

    assertThat(known).containsOnlyKeys(promised.orderNo().text());
    assertThat(known.values()).allMatch(order -> order.covers(promised.record().promise()));
  }

  @Test
  void soldOutThere_blessingIsGiven() {
    world.behaviour = Behaviour.GOOD.withStock(2);
    world.book(5, Optional.of(GrantWorld.BLESSING));

    world.settle(world.granter(world.store, MANY_TRIES));

    assertThat(world.count("orders where state = 8 and given_type = 12")).isZero();
    assertThat(world.count("orders where state = 8 and given_type = 10")).isEqualTo(2);
    assertThat(world.count("orders where state = 8 and given_type = 100")).isEqualTo(3);
    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + 3);
    assertThat(world.vendor.journal().entries().values())
        .filteredOn(entry -> entry.result() == GrantResult.GRANT_RESULT_SOLD_OUT)
        .hasSize(3);
  }

  @Test
  void refused_commitsReplyLost_isNotCompensatedTwice() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    world.book(1, Optional.of(GrantWorld.CASH));
    Granter dies =
        world.granter(
            new ForwardingGrants(world.store) {
              @Override
              public Result compensate(DueGrant grant, Instead instead, Instant now) {
                assertThat(super.compensate(grant, instead, now)).isEqualTo(new Result.Done());
                return new Result.Unknown();
              }
            },
            MANY_TRIES);

    dies.tick();
    world.pass(Duration.ofMinutes(1));
    world.settle(world.granter(world.store, MANY_TRIES));

    assertThat(world.count("releases")).isEqualTo(1);
    assertThat(world.count("postings")).isEqualTo(1);
    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + 1);
  }

  @Test
  void refused_seenByTwoWorkers_isCompensatedOnce() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    world.book(1, Optional.of(GrantWorld.CASH));
    DueGrant grant = due();

    assertThat(world.store.compensate(grant, cash(), Instant.now())).isEqualTo(new Result.Done());
    assertThat(world.store.compensate(grant, cash(), Instant.now()))
        .isEqualTo(new Result.NotMine());
    assertThat(world.store.succeed(grant, "late", Instant.now())).isEqualTo(new Result.NotMine());

    assertThat(world.count("releases")).isEqualTo(1);
  }

  @Test
  void refused_nothingForeseen_parksUncounted_andResumesByTheNextStep() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    Promised promised = world.book(1, Optional.empty()).getFirst();
    Granter granter = world.granter(world.store, MANY_TRIES);
    world.settle(granter);

    Row order = world.order(promised);
    assertThat(order.getInt("state")).isEqualTo(4);
    assertThat(order.getString("park_reason")).startsWith("REFUSED: REJECTED");
    assertThat(order.getLong("counted_lease_id")).isZero();
    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + 1);

    world.behaviour = Behaviour.GOOD;
    assertThat(world.resume(promised)).isEqualTo(new Result.Done());
    world.settle(granter);
    assertThat(world.order(promised).getInt("state")).isEqualTo(8);
    assertThat(world.vendor.journal().entries())
        .containsOnlyKeys(promised.grantId(1), promised.grantId(2));
  }

  @Test
  void refused_noUnitForItsFallback_isParkedAsPromised() {
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
    world.soldOut = true;
    Promised promised = world.book(1, Optional.of(GrantWorld.CASH)).getFirst();

    world.settle(world.granter(world.store, MANY_TRIES));

    Row order = world.order(promised);
    assertThat(order.getInt("state")).isEqualTo(4);
    assertThat(order.getString("park_reason")).isEqualTo(Compensator.NO_BUDGET);
    assertThat(order.getInt("given_type")).isEqualTo(1);
    assertThat(order.getLong("counted_lease_id")).isZero();
    assertThat(world.count("releases")).isEqualTo(1);
    assertThat(world.count("postings")).isZero();
  }

  @Test
  void neverAnswered_isParkedWithItsUnit_andResumesUnderTheSameId() {
    world.behaviour = Behaviour.GOOD.losing(ALL);
    Promised promised = world.book(1, Optional.of(GrantWorld.CASH)).getFirst();
    Granter granter = world.granter(world.store, 3);
    world.settle(granter);

    Row order = world.order(promised);
    assertThat(order.getInt("state")).isEqualTo(4);
    assertThat(order.getString("park_reason")).startsWith("DOWNSTREAM: UNKNOWN");
    assertThat(order.getLong("counted_lease_id")).isNotZero();
    assertThat(world.count("releases")).isZero();
    assertThat(world.vendor.journal().granted()).as("it was done all the same").isEqualTo(1);

    world.behaviour = Behaviour.GOOD;
    assertThat(world.resume(promised)).isEqualTo(new Result.Done());
    world.settle(granter);
    assertThat(world.order(promised).getInt("state")).isEqualTo(8);
    assertThat(world.vendor.journal().entries()).containsOnlyKeys(promised.grantId(1));
  }

  @Test
  void workerThatDies_betweenCallAndRecord_leavesTheSameIdToBeAskedFor() {
    Promised promised = world.book(1, Optional.of(GrantWorld.CASH)).getFirst();
    Granter dies =
        world.granter(
            new ForwardingGrants(world.store) {
              @Override
              public Result succeed(DueGrant grant, String reference, Instant now) {
                throw new StoreUnavailableException("died", new IOException());
              }
            },
            MANY_TRIES);
    Granter next = world.granter(world.store, MANY_TRIES);

    dies.tick();
    next.tick();
    assertThat(world.vendor.downstream().callsFor(promised.grantId(1)))
        .as("the claim still stands")
        .isEqualTo(1);
    world.pass(Duration.ofSeconds(30));
    world.settle(next);

    assertThat(world.vendor.downstream().callsFor(promised.grantId(1))).isEqualTo(2);
    assertThat(world.vendor.journal().entries()).containsOnlyKeys(promised.grantId(1));
    assertThat(world.order(promised).getInt("state")).isEqualTo(8);
  }

  @Test
  void twoWorkers_askForEachOnce() throws Exception {
    world.behaviour = Behaviour.GOOD.slow(5);
    List<Promised> promised = world.book(60, Optional.empty());
    try (var both = Executors.newFixedThreadPool(2)) {
      Callable<Void> work =
          () -> {
            world.granter(world.store, MANY_TRIES).tick();
            return null;
          };
      for (var done : both.invokeAll(List.of(work, work))) {
        done.get();
      }
    }
    assertThat(promised).allMatch(one -> world.vendor.downstream().callsFor(one.grantId(1)) == 1);
    assertThat(world.count("orders where state = 8")).isEqualTo(60);
  }

  @Test
  void breaker_delaysAndNeverFails() {
    world.behaviour = Behaviour.GOOD.failing(ALL);
    world.book(60, Optional.of(GrantWorld.CASH));
    Granter granter = world.granter(world.store, MANY_TRIES);
    for (int turn = 0; turn < 40; turn++) {
      granter.tick();
      world.pass(Duration.ofMillis(20));
    }
    long asked = world.vendor.downstream().calls();
    assertThat(asked).as("left alone").isLessThan(60);
    assertThat(world.count("grants where state = 1")).isEqualTo(60);
    assertThat(world.count("orders where state = 5")).isEqualTo(60);

    world.behaviour = Behaviour.GOOD;
    world.pass(CallBreaker.OPEN_FOR.plusSeconds(1));
    world.settle(granter);
    assertThat(world.vendor.journal().granted()).isEqualTo(60);
    assertThat(world.count("releases")).isZero();
  }

  private DueGrant due() {
    return world.store.due("cinema", Instant.now().plusSeconds(60), 1).getFirst();
  }

  private static Instead cash() {
    return new Instead.Money(GrantWorld.CASH, 601);
  }
}
