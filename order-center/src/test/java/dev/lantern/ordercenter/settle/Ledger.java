package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.Trees;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/// A ledger of a test's own on the real engine: a schema, migrated as in production, dropped at the
/// end.
public final class Ledger implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final String CHILD = "spring-official";

  private final Engines engines;
  private final String schema;
  private final Database database;

  private Ledger(Engines engines, String schema) {
    this.engines = engines;
    this.schema = schema;
    this.database = connect(12, "test");
  }

  public static Ledger open(Engines engines) {
    String schema = "settle_test_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet();
    String url =
        "jdbc:mariadb://"
            + engines.address(Engine.MARIADB)
            + "/"
            + schema
            + "?sslMode=disable&createDatabaseIfNotExist=true";
    Flyway.configure()
        .dataSource(url, "root", engines.rootPassword())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return new Ledger(engines, schema);
  }

  /// Another process's connections to the same ledger.
  public Database connect(int connections, String name) {
    return Database.open(
        DatabaseConfig.at(
                engines.host(),
                engines.port(Engine.MARIADB),
                schema,
                "root",
                new Secret(engines.rootPassword()))
            .withMaxConnections(connections),
        name);
  }

  public Database database() {
    return database;
  }

  public String schema() {
    return schema;
  }

  /// A log that exists in the ledger alone.
  public LogName log(String topicId, int partitions) {
    return new LogName(Lane.LANE_LIVE, 1, "topic-" + topicId, topicId, partitions);
  }

  public void budget(String budgetId, long total) {
    database.update(
        "insert into budgets (budget_id, parent_activity_id, total, free, created_at) values (?,"
            + " 'spring', ?, ?, utc_timestamp(6))",
        budgetId,
        total,
        total);
  }

  /// A revision of the tree that [Given] orders are of.
  ///
  /// @param cap the scene's line of its cap, and what else the scene says
  public void tree(long revision, Instant effectiveAt, String cap) {
    String tree =
        Trees.rain("spring", 100_000, effectiveAt, effectiveAt.plusSeconds(86_400))
            .replace("id: spring-rain", "id: rain-a7f3")
            .replace("id: spring-official", "id: " + child())
            .replace("single_amount_cap_fen: 200", cap);
    database.update(
        "insert into campaign_revisions (activity_id, revision, etag, document, author, reason,"
            + " request_id, created_at, effective_at) values ('spring', ?, 'etag', ?, 'a test',"
            + " 'why', ?, ?, ?)",
        revision,
        tree,
        "tree-" + revision,
        effectiveAt,
        effectiveAt);
  }

  /// Grants a slice, as a holder does.
  public void lease(long leaseId, String budgetId, long slice, LogName log, int leaseTimeMs) {
    database.inTransaction(tx -> {
      tx.update(
          "update budgets set free = free - ?, seq = seq + 1 where budget_id = ?", slice, budgetId);
      tx.update(
          "insert into budget_leases (lease_id, budget_id, holder, slice, log, lease_time_ms,"
              + " state, created_at) values (?, ?, 'test', ?, ?, ?, 1, utc_timestamp(6))",
          leaseId,
          budgetId,
          slice,
          log.leaseLog(),
          leaseTimeMs);
      for (int partition = 0; partition < log.partitions(); partition++) {
        tx.update(
            "insert into lease_booked (lease_id, partition_no) values (?, ?)", leaseId, partition);
      }
      return leaseId;
    });
  }

  public void fence(long leaseId, int partition) {
    database.update(
        "update lease_booked set fenced = true, seq = seq + 1 where lease_id = ? and partition_no ="
            + " ?",
        leaseId,
        partition);
  }

  public long one(String sql, Object... args) {
    List<Row> rows = database.query(sql, args);
    assertThat(rows).hasSize(1);
    return rows.getFirst().getLong("n");
  }

  public long orders(int state) {
    return one("select count(*) as n from orders where state = ?", state);
  }

  public long booked(long leaseId) {
    return one(
        "select coalesce(sum(booked), 0) as n from lease_booked where lease_id = ?", leaseId);
  }

  public long parked(long leaseId) {
    return one(
        "select coalesce(sum(parked), 0) as n from lease_booked where lease_id = ?", leaseId);
  }

  /// Law SUM and the half of CAP that booking keeps: postings, balances, accounts and leases all
  /// say the same.
  public void assertConserved() {
    long postings = one("select coalesce(sum(amount_fen), 0) as n from postings");
    assertThat(one("select coalesce(sum(booked_fen), 0) as n from balances"))
        .as("balances")
        .isEqualTo(postings);
    assertThat(one("select coalesce(sum(income_fen), 0) as n from balances"))
        .as("incomes")
        .isEqualTo(postings);
    assertThat(one("select coalesce(sum(amount_fen), 0) as n from platform_accounts"))
        .as("platform accounts")
        .isEqualTo(postings);
    assertThat(one("select coalesce(sum(entries), 0) as n from platform_accounts"))
        .as("entries")
        .isEqualTo(one("select count(*) as n from postings"));
    assertThat(
            one("select coalesce(sum(amount_fen), 0) as n from orders where state = 8")
                + one("select coalesce(sum(amount_fen), 0) as n from conflicts where state = 8"))
        .as("booked orders and paid conflicts")
        .isEqualTo(postings);
    long counted =
        one("select coalesce(sum(units), 0) as n from orders where counted_lease_id <> 0")
            + one("select coalesce(sum(units), 0) as n from conflicts where counted_lease_id <> 0")
            + one(
                "select coalesce(sum(units), 0) as n from grants where lease_id <> 0 and state ="
                    + " 3");
    assertThat(one("select coalesce(sum(booked), 0) as n from lease_booked"))
        .as("units counted on leases")
        .isEqualTo(counted);
    long setAside =
        one(
                "select coalesce(sum(units), 0) as n from orders where counted_lease_id <> 0"
                    + " and state in (3, 4)")
            + one(
                "select coalesce(sum(units), 0) as n from conflicts where"
                    + " counted_lease_id <> 0 and state = 4");
    assertThat(one("select coalesce(sum(parked), 0) as n from lease_booked"))
        .as("units counted as set aside")
        .isEqualTo(setAside);
    assertThat(
            one(
                "select count(*) as n from (select b.act_id from balances b left join postings p on"
                    + " p.act_id = b.act_id and p.activity_id = b.activity_id group by b.act_id,"
                    + " b.activity_id, b.booked_fen having coalesce(sum(p.amount_fen), 0) <>"
                    + " b.booked_fen) as wrong"))
        .as("users whose balance is not the sum of their postings")
        .isZero();
  }

  public static String child() {
    return CHILD;
  }

  @Override
  public void close() {
    database.update("drop database " + schema);
    database.close();
  }
}
