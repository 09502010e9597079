package dev.lantern.stores.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import io.r2dbc.spi.R2dbcException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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

@Tag("engine")
@Timeout(60)
class DatabaseTest {

  private static Database database;

  @BeforeAll
  static void open() {
    var engines = SharedEngines.with(Engine.MARIADB);
    database = Database.open(Databases.config(engines), "test");
    database.update(
        """
        create table if not exists things (
          id bigint not null primary key, name varchar(64) null, flag tinyint(1) not null default 0,
          small smallint null, raw varbinary(64) null, big blob null, words text null,
          amount decimal(20, 4) null, at datetime(6) null, doc json null)
        """);
  }

  @AfterAll
  static void close() {
    database.update("drop table things");
    database.close();
  }

  @BeforeEach
  void clear() {
    database.update("delete from things");
  }

  @Test
  void session_anyConnection_carriesItsLimits() {
    Row row =
        database
            .query(
                """
                select @@session.time_zone as zone, @@session.transaction_isolation as isolation,
                       @@session.idle_transaction_timeout as idle, @@session.sql_mode as mode,
                       cast(@@session.max_statement_time as decimal(10, 3)) as statement,
                       @@session.innodb_lock_wait_timeout as lock_wait
                """)
            .getFirst();
    assertThat(row.getString("zone")).isEqualTo("+00:00");
    assertThat(row.getString("isolation")).isEqualTo("READ-COMMITTED");
    assertThat(row.getLong("idle")).isEqualTo(5);
    assertThat(row.getLong("statement")).isEqualTo(3);
    assertThat(row.getLong("lock_wait")).isEqualTo(2);
    assertThat(row.getString("mode")).contains("STRICT_ALL_TABLES");
  }

  @Test
  void values_ofEveryType_comeBackAsTheyWent() {
    Instant at = Instant.parse("2027-01-01T12:00:00.123456Z");
    byte[] raw = {0, 1, 39, 92, -1};
    String name = "红包 '\\ 🧧";
    database.update(
        "insert into things (id, name, flag, small, raw, big, words, amount, at, doc)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        Long.MAX_VALUE,
        name,
        true,
        (short) 7,
        raw,
        raw,
        name,
        new BigDecimal("12345678.9000"),
        at,
        "{\"a\": 1}");
    Row row = database.query("select *, id as AliasOf from things").getFirst();
    assertThat(row.getLong("id")).isEqualTo(Long.MAX_VALUE);
    assertThat(row.getLong("aliasof")).isEqualTo(Long.MAX_VALUE);
    assertThat(row.getString("name")).isEqualTo(name);
    assertThat(row.getBoolean("flag")).isTrue();
    assertThat(row.getInt("small")).isEqualTo(7);
    assertThat(row.getBytes("raw")).isEqualTo(raw);
    assertThat(row.getBytes("big")).isEqualTo(raw);
    assertThat(row.getString("words")).isEqualTo(name);
    assertThat(row.getString("amount")).isEqualTo("12345678.9000");
    assertThat(row.getInstant("at")).isEqualTo(at);
    assertThat(row.getString("doc")).isEqualTo("{\"a\": 1}");
  }

  @Test
  void nulls_ofEveryType_areFoundAbsent() {
    database.update(
        "insert into things (id, name, raw, at) values (?, ?, ?, ?)", 1, null, null, null);
    Row row = database.query("select * from things where id = ?", 1).getFirst();
    assertThat(row.findString("name")).isEmpty();
    assertThat(row.findLong("small")).isEmpty();
    assertThat(row.findInt("small")).isEmpty();
    assertThat(row.findBytes("raw")).isEmpty();
    assertThat(row.findBytes("big")).isEmpty();
    assertThat(row.findInstant("at")).isEmpty();
    assertThatThrownBy(() -> row.getLong("small")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> row.getLong("absent")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aggregates_ofBigints_areExactLongs() {
    database.update("insert into things (id) values (9007199254740993), (2)");
    Row row =
        database
            .query("select sum(id) as total, count(*) as n, max(id) as top from things")
            .getFirst();
    assertThat(row.getLong("total")).isEqualTo(9007199254740995L);
    assertThat(row.getLong("n")).isEqualTo(2);
    assertThat(row.getLong("top")).isEqualTo(9007199254740993L);
  }

  @Test
  void rows_aThousandInOneStatement_areInserted() {
    var rows = new Rows(3);
    for (int i = 0; i < Rows.MAX; i++) {
      rows.add((long) i, "n" + i, ("r" + i).getBytes(UTF_8));
    }
    assertThat(database.update("insert into things (id, name, raw) " + rows.values(), rows.args()))
        .isEqualTo(1000);
    assertThat(database.query("select id from things where id in " + Rows.in(3), 1L, 999L, 1000L))
        .hasSize(2);
  }

  @Test
  void update_countsTheRowsFound_changedOrNot() {
    database.update("insert into things (id, name) values (1, 'a'), (2, 'b')");
    assertThat(database.update("update things set name = 'a' where id in (1, 2)")).isEqualTo(2);
    assertThat(database.update("update things set name = 'a' where id = 1")).isEqualTo(1);
    assertThat(database.update("update things set name = 'z' where id = 1 and name = 'gone'"))
        .isZero();
    String upsert =
        "insert into things (id, name) values (?, ?) on duplicate key update name = values(name)";
    assertThat(database.update(upsert, 3, "c")).as("inserted").isEqualTo(1);
    assertThat(database.update(upsert, 3, "d")).as("changed").isEqualTo(2);
    assertThat(database.update(upsert, 3, "d")).as("found equal").isEqualTo(1);
    assertThat(database.update("delete from things where id < 3")).isEqualTo(2);
  }

  @Test
  void insert_existingKey_isDuplicateAndTheTransactionGoesOn() {
    database.update("insert into things (id) values (1)");
    database.inTransaction(tx -> {
      assertThatThrownBy(() -> tx.update("insert into things (id) values (2), (1)"))
          .isInstanceOf(DuplicateKeyException.class);
      return tx.update("insert into things (id) values (3)");
    });
    assertThat(ids()).containsExactly(1L, 3L);
  }

  @Test
  void statement_withBadSyntax_namesItsErrorCode() {
    assertThatThrownBy(() -> database.query("selectt 1"))
        .isInstanceOfSatisfying(
            StatementException.class, e -> assertThat(e.errorCode()).isEqualTo(1064));
  }

  @Test
  void transaction_bodyThrows_rollsBackAndPassesItOn() {
    var thrown = new IllegalArgumentException("no");
    assertThatThrownBy(() ->
            database.inTransaction(tx -> {
              tx.update("insert into things (id) values (1)");
              throw thrown;
            }))
        .isSameAs(thrown);
    assertThat(ids()).isEmpty();
  }

  @Test
  void transaction_usedAfterItsEnd_throws() {
    Transaction kept = database.inTransaction(tx -> tx);
    assertThatThrownBy(() -> kept.query("select 1")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deadlock_betweenTwoTransactions_isRetriedAndBothCommit() throws Exception {
    database.update("insert into things (id, small) values (1, 0), (2, 0)");
    var bothHoldOne = new CyclicBarrier(2);
    var bodies = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> crosswise(1, 2, bothHoldOne, bodies));
      var two = threads.submit(() -> crosswise(2, 1, bothHoldOne, bodies));
      one.get(30, TimeUnit.SECONDS);
      two.get(30, TimeUnit.SECONDS);
    }
    assertThat(bodies).as("the loser ran twice").hasValue(3);
    assertThat(database.query("select small from things order by id"))
        .extracting(row -> row.getInt("small"))
        .containsExactly(2, 2);
  }

  private static void crosswise(
      int first, int second, CyclicBarrier bothHoldOne, AtomicInteger bodies) {
    boolean[] met = {false};
    database.inTransaction(tx -> {
      bodies.incrementAndGet();
      tx.update("update things set small = small + 1 where id = ?", first);
      if (!met[0]) {
        met[0] = true;
        meet(bothHoldOne);
      }
      return tx.update("update things set small = small + 1 where id = ?", second);
    });
  }

  @Test
  void snapshot_whileOthersCommit_seesOneInstantAndLeavesTheConnectionAsItWas() throws Exception {
    database.update("insert into things (id, small) values (1, 1)");
    List<Integer> seen =
        database.inSnapshot(tx -> {
          int before = small(tx);
          database.update("update things set small = 2 where id = 1");
          return List.of(before, small(tx));
        });
    assertThat(seen).containsExactly(1, 1);
    List<Integer> committed =
        database.inTransaction(tx -> {
          int before = small(tx);
          database.update("update things set small = 3 where id = 1");
          return List.of(before, small(tx));
        });
    assertThat(committed).as("read committed again").containsExactly(2, 3);
  }

  @Test
  void snapshot_beginsBeforeTheFirstStatement_notAtIt() {
    database.update("insert into things (id, small) values (1, 1)");
    int seen =
        database.inSnapshot(tx -> {
          database.update("update things set small = 2 where id = 1");
          return small(tx);
        });
    assertThat(seen).isEqualTo(1);
  }

  @Test
  void snapshot_writing_isRefused() {
    assertThatThrownBy(
            () -> database.inSnapshot(tx -> tx.update("insert into things (id) values (1)")))
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
    database.update("insert into things (id, small) values (1, 0)");
    var locked = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var frozen =
          threads.submit(() ->
              database.inTransaction(tx -> {
                tx.update("update things set small = 99 where id = 1");
                locked.countDown();
                awaitUninterruptibly(thaw);
                return tx.update("update things set name = 'late' where id = 1");
              }));
      assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
      long begun = System.nanoTime();
      database.update("update things set small = small + 1 where id = 1");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
      thaw.countDown();
      assertThatThrownBy(frozen::get).cause().isInstanceOf(StoreUnavailableException.class);
    }
    Row row = database.query("select small, name from things").getFirst();
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

  private static int small(Transaction tx) {
    return tx.query("select small from things where id = 1").getFirst().getInt("small");
  }

  private static List<Long> ids() {
    return database.query("select id from things order by id").stream()
        .map(row -> row.getLong("id"))
        .toList();
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
