package dev.lantern.stores.sql;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Which engine answers, since each names its limits differently.
enum ServerKind {
  MARIADB,
  MYSQL,
  TIDB;

  static ServerKind of(String version) {
    String lower = version.toLowerCase(Locale.ROOT);
    if (lower.contains("tidb")) {
      return TIDB;
    }
    return lower.contains("mariadb") ? MARIADB : MYSQL;
  }

  /// What every new session is told. The limits make the server free a frozen process's locks:
  /// MariaDB and TiDB end a session idle inside a transaction; MySQL knows only `wait_timeout`, so
  /// there the pool closes idle connections sooner.
  List<String> sessionSettings(DatabaseConfig config) {
    long statementMillis = config.statementTimeout().toMillis();
    long idleSeconds = config.idleInTransaction().toSeconds();
    String limits =
        switch (this) {
          case MARIADB ->
              "idle_transaction_timeout = %d, max_statement_time = %s"
                  .formatted(idleSeconds, seconds(statementMillis));
          case TIDB ->
              "tidb_idle_transaction_timeout = %d, max_execution_time = %d, tidb_txn_mode = 'pessimistic'"
                  .formatted(idleSeconds, statementMillis);
          case MYSQL ->
              "wait_timeout = %d, max_execution_time = %d".formatted(idleSeconds, statementMillis);
        };
    return List.of(
        "set session transaction isolation level read committed",
        "set session time_zone = '+00:00', innodb_lock_wait_timeout = %d, %s"
            .formatted(config.lockWait().toSeconds(), limits),
        "set session sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'");
  }

  /// What begins a transaction on one consistent snapshot, leaving nothing behind on the session:
  /// `set transaction` without `session` holds for the next transaction alone. TiDB knows no
  /// read-only one outside its staleness syntax.
  List<String> beginSnapshot() {
    String start = "start transaction with consistent snapshot";
    return List.of(
        "set transaction isolation level repeatable read",
        switch (this) {
          case MARIADB, MYSQL -> start + ", read only";
          case TIDB -> start;
        });
  }

  /// How long a connection may wait in the pool. Where only `wait_timeout` exists, less than that,
  /// so that the server does not end a connection the pool still offers; elsewhere long enough that
  /// a quiet minute does not cost new connections.
  Duration maxIdle(DatabaseConfig config) {
    return switch (this) {
      case MYSQL -> config.idleInTransaction().minusMillis(1000);
      case MARIADB, TIDB -> Duration.ofMinutes(10);
    };
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + "%03d".formatted(millis % 1000);
  }
}
