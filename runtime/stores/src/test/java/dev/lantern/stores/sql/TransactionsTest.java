package dev.lantern.stores.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Transactions in each other's way: deadlocks, snapshots, frozen owners, a full pool.
@Tag("engine")
@Timeout(60)
class TransactionsTest {

  private static Database database;

  @BeforeAll
  static void open() {
    database = Database.open(Databases.config(SharedEngines.with(Engine.MARIADB)), "rivals");
    database.update(
        "create table if not exists rivals"
            + " (id bigint not null primary key, name varchar(64) null, small smallint null)");
  }

  @AfterAll
  static void close() {
    database.update("drop table rivals");
    database.close();
  }

  @BeforeEach
  void clear() {
    database.update("delete from rivals");
  }

  @Test
  void deadlock_betweenTwoTransactions_isRetriedAndBothCommit() throws Exception {
    database.update("insert into rivals (id, small) values (1, 0), (2, 0)");
    var bothHoldOne = new CyclicBarrier(2);
    var bodies = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> crosswise(1, 2, bothHoldOne, bodies));
      var two = threads.submit(() -> crosswise(2, 1, bothHoldOne, bodies));
      one.get(30, TimeUnit.SECONDS);
      two.get(30, TimeUnit.SECONDS);
    }
    assertThat(bodies).as("the loser ran twice").hasValue(3);
    assertThat(database.query("select small from rivals order by id"))
        .extracting(row -> row.getInt("small"))
        .containsExactly(2, 2);
  }

  @Test
  void snapshot_whileOthersCommit_seesOneInstantAndLeavesTheConnectionAsItWas() throws Exception {
    database.update("insert into rivals (id, small) values (1, 1)");
    List<Integer> seen =
        database.inSnapshot(tx -> {
          int before = small(tx);
          database.update("update rivals set small = 2 where id = 1");
          return List.of(before, small(tx));
        });
    assertThat(seen).containsExactly(1, 1);
    List<Integer> committed =
        database.inTransaction(tx -> {
          int before = small(tx);
          database.update("update rivals set small = 3 where id = 1");
          return List.of(before, small(tx));
        });
    assertThat(committed).as("read committed again").containsExactly(2, 3);
  }

  @Test
  void snapshot_beginsBeforeTheFirstStatement_notAtIt() {
    database.update("insert into rivals (id, small) values (1, 1)");
    int seen =
        database.inSnapshot(tx -> {
          database.update("update rivals set small = 2 where id = 1");
          return small(tx);
        });
    assertThat(seen).isEqualTo(1);
  }

  @Test
  void snapshot_writing_isRefused() {
    assertThatThrownBy(
            () -> database.inSnapshot(tx -> tx.update("insert into rivals (id) values (1)")))
        .isInstanceOfSatisfying(
            StatementException.class, e -> assertThat(e.errorCode()).isEqualTo(1792));
  }

  @Test
  void statement_overItsTime_isEndedByTheServer() {
    long begun = System.nanoTime();
    assertThatThrownBy(() -> database.query("select sleep(20)"))
        .isInstanceOf(StoreUnavailableException.class)
        .cause()
        .isInstanceOf(R2dbcException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(2900), Duration.ofMillis(3500));
  }

  @Test
  void frozenOwner_ofARowLock_losesItWithinSixSeconds() throws Exception {
    database.update("insert into rivals (id, small) values (1, 0)");
    var locked = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var frozen =
          threads.submit(() ->
              database.inTransaction(tx -> {
                tx.update("update rivals set small = 99 where id = 1");
                locked.countDown();
                awaitUninterruptibly(thaw);
                return tx.update("update rivals set name = 'late' where id = 1");
              }));
      assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
      long begun = System.nanoTime();
      database.update("update rivals set small = small + 1 where id = 1");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
      thaw.countDown();
      assertThatThrownBy(frozen::get).cause().isInstanceOf(StoreUnavailableException.class);
    }
    Row row = database.query("select small, name from rivals").getFirst();
    assertThat(row.getInt("small")).isEqualTo(1);
    assertThat(row.findString("name")).isEmpty();
  }

  @Test
  void pool_allTaken_refusesTheNextInItsTime() throws Exception {
    var config = Databases.config(SharedEngines.with(Engine.MARIADB)).withMaxConnections(2);
    var release = new CountDownLatch(1);
    try (var small = Database.open(config, "small");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var taken = new CountDownLatch(2);
      for (int i = 0; i < 2; i++) {
        var _ =
            threads.submit(() ->
                small.inTransaction(tx -> {
                  taken.countDown();
                  awaitUninterruptibly(release);
                  return 0;
                }));
      }
      assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(small.connectionsInUse()).isEqualTo(2);
      assertThatThrownBy(small::ping).isInstanceOf(StoreUnavailableException.class);
      release.countDown();
    }
  }

  private static void crosswise(
      int first, int second, CyclicBarrier bothHoldOne, AtomicInteger bodies) {
    boolean[] met = {false};
    database.inTransaction(tx -> {
      bodies.incrementAndGet();
      tx.update("update rivals set small = small + 1 where id = ?", first);
      if (!met[0]) {
        met[0] = true;
        meet(bothHoldOne);
      }
      return tx.update("update rivals set small = small + 1 where id = ?", second);
    });
  }

  private static int small(Transaction tx) {
    return tx.query("select small from rivals where id = 1").getFirst().getInt("small");
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
