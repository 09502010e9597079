package dev.lantern.stores.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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

  private static List<Long> ids() {
    return database.query("select id from things order by id").stream()
        .map(row -> row.getLong("id"))
        .toList();
  }
}
