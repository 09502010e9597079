package dev.lantern.stores.sql;

import dev.lantern.stores.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where a database is and how long we wait for it.
///
/// - `maxConnections`: the most connections this process ever holds; callers beyond it queue for
///   `acquireTimeout`
/// - `connectTimeout`: TCP, TLS and login together
/// - `statementTimeout`: enforced by the server; we give up [#replyTimeout()] after sending
/// - `lockWait`: enforced by the server (whole seconds), then error 1205 and a bounded retry
/// - `idleInTransaction`: after so long without a statement the server ends the session and frees
///   its locks
public record DatabaseConfig(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    Tls tls,
    int maxConnections,
    Duration acquireTimeout,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration lockWait,
    Duration idleInTransaction) {

  /// How far the server's certificate is checked.
  public enum Verify {
    /// No TLS.
    OFF,
    /// Encrypted, the server's certificate not checked.
    ENCRYPT,
    /// The certificate comes from `ca`.
    CA,
    /// And names the host we dialled.
    IDENTITY
  }

  /// TLS towards the server; `ca` (PEM) is required from [Verify#CA] on.
  public record Tls(Verify verify, Optional<Path> ca) {
    public Tls {
      if (verify.compareTo(Verify.CA) >= 0 && ca.isEmpty()) {
        throw new IllegalArgumentException("verify " + verify + " needs ca");
      }
    }
  }

  public DatabaseConfig {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1..65535, not " + port);
    }
    if (maxConnections < 1 || maxConnections > 1000) {
      throw new IllegalArgumentException("max_connections must be 1..1000, not " + maxConnections);
    }
    requireAtLeast(acquireTimeout, Duration.ofMillis(1), "acquire_timeout");
    requireAtLeast(connectTimeout, Duration.ofMillis(1), "connect_timeout");
    requireAtLeast(statementTimeout, Duration.ofMillis(1), "statement_timeout");
    requireAtLeast(lockWait, Duration.ofSeconds(1), "lock_wait");
    requireAtLeast(idleInTransaction, Duration.ofSeconds(1), "idle_in_transaction");
  }

  /// The product's defaults for everything but the address, without TLS.
  public static DatabaseConfig at(
      String host, int port, String database, String user, Secret password) {
    return new DatabaseConfig(
        host,
        port,
        database,
        user,
        password,
        new Tls(Verify.OFF, Optional.empty()),
        16,
        Duration.ofMillis(800),
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5));
  }

  public DatabaseConfig withTls(Verify verify, Path ca) {
    return new DatabaseConfig(
        host,
        port,
        database,
        user,
        password,
        new Tls(verify, Optional.of(ca)),
        maxConnections,
        acquireTimeout,
        connectTimeout,
        statementTimeout,
        lockWait,
        idleInTransaction);
  }

  public DatabaseConfig withMaxConnections(int connections) {
    return new DatabaseConfig(
        host,
        port,
        database,
        user,
        password,
        tls,
        connections,
        acquireTimeout,
        connectTimeout,
        statementTimeout,
        lockWait,
        idleInTransaction);
  }

  /// How long we wait for a statement's reply before closing the connection: a little longer than
  /// the server's own limit, so that the server's clear answer normally comes first.
  Duration replyTimeout() {
    return statementTimeout.plusMillis(500);
  }

  private static void requireAtLeast(Duration value, Duration least, String name) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(name + " must be at least " + least.toMillis() + "ms");
    }
  }
}
