package dev.lantern.stores.sql;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A MySQL-compatible database (MariaDB, MySQL, TiDB), blocking, for virtual threads; safe for many
/// threads at once.
///
/// Every call ends within a bound: wait for a connection (`acquireTimeout`), then each statement
/// (`statementTimeout`, kept by the server, plus half a second of ours). What may be thrown: see
/// [StoreException].
///
/// The body of a transaction **may run more than once** (deadlock 1213, lock wait 1205; at most
/// [#TRIES] times with jitter), so it must have no effect but its statements, and must call nothing
/// over the network: its connection's locks are held meanwhile, and the server ends a session that
/// idles in a transaction.
public final class Database implements Statements, AutoCloseable {

  /// How often a transaction is tried before its conflict is reported as unavailable.
  public static final int TRIES = 6;

  private final Connections connections;

  private Database(Connections connections) {
    this.connections = connections;
  }

  /// Opens no connection yet: the first call does. `name` shows in thread names.
  public static Database open(DatabaseConfig config, String name) {
    return new Database(new Connections(config, name));
  }

  /// Runs the body in a READ COMMITTED transaction and commits it.
  ///
  /// Any exception of the body rolls back and passes through. A commit whose reply is lost is an
  /// [OutcomeUnknownException] and is never repeated here.
  public <T extends @Nullable Object> T inTransaction(Function<Transaction, T> body) {
    return retried(() -> transact(_ -> List.of("begin"), body, Database::commit));
  }

  /// Runs the body on one consistent snapshot (REPEATABLE READ, read only), begun before the body's
  /// first statement. Nothing can be committed, so a lost reply is only
  /// [StoreUnavailableException].
  public <T extends @Nullable Object> T inSnapshot(Function<Transaction, T> body) {
    return retried(
        () -> transact(session -> session.server().beginSnapshot(), body, Database::end));
  }

  /// One change, committed by itself. A lost reply is an [OutcomeUnknownException].
  @Override
  public long update(String sql, @Nullable Object... args) {
    return retried(() ->
        with(session -> {
          try {
            return session.update(sql, args);
          } catch (StoreUnavailableException e) {
            throw session.broken() ? unknown(sql, e) : e;
          }
        }));
  }

  @Override
  public List<Row> query(String sql, @Nullable Object... args) {
    return retried(() -> with(session -> session.query(sql, args)));
  }

  /// Throws [StoreUnavailableException] unless the database answers.
  public void ping() {
    query("select 1");
  }

  /// Connections in use now.
  public int connectionsInUse() {
    return connections.inUse();
  }

  /// Callers waiting for a connection now.
  public int connectionsAwaited() {
    return connections.waiting();
  }

  @Override
  public void close() {
    connections.close();
  }

  private <T extends @Nullable Object> T transact(
      Function<Session, List<String>> begin, Function<Transaction, T> body, Consumer<Session> end) {
    return with(session -> {
      begin.apply(session).forEach(session::update);
      var transaction = new Transaction(session);
      T result;
      try {
        result = body.apply(transaction);
      } catch (Throwable e) {
        rollBack(session);
        throw e;
      } finally {
        transaction.end();
      }
      end.accept(session);
      return result;
    });
  }

  // What was read is read: nothing hangs on this reply but the connection's use.
  private static void end(Session session) {
    session.update("commit");
  }

  private static void commit(Session session) {
    try {
      session.update("commit");
    } catch (StoreUnavailableException e) {
      if (session.broken()) {
        throw unknown("commit", e);
      }
      rollBack(session);
      throw e;
    }
  }

  // A rollback that fails breaks the session; the server then rolls back by itself. The body's
  // exception matters more.
  private static void rollBack(Session session) {
    if (session.broken()) {
      return;
    }
    try {
      session.update("rollback");
    } catch (StoreException e) {
      session.breakOff();
    }
  }

  private <T extends @Nullable Object> T with(Function<Session, T> work) {
    Session session = connections.acquire();
    try {
      return work.apply(session);
    } finally {
      connections.release(session);
    }
  }

  private static <T extends @Nullable Object> T retried(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (ConflictException e) {
        if (attempt == TRIES) {
          throw e;
        }
        long ceilingMicros = 2_000L << attempt;
        LockSupport.parkNanos(1_000 * ThreadLocalRandom.current().nextLong(500, ceilingMicros));
      }
    }
  }

  private static OutcomeUnknownException unknown(String sql, StoreException cause) {
    return new OutcomeUnknownException("sent, no reply [" + Errors.head(sql) + "]", cause);
  }
}
