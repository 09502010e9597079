package dev.lantern.stores.sql;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/// The pool: hands out sessions, takes back whole ones, cuts broken ones.
///
/// A fair semaphore as large as the pool stands in front of it, so that waiting for a connection is
/// a plain bounded wait of ours and no wait ever has to be cancelled inside the pool.
final class Connections {

  private final DatabaseConfig config;
  private final LoopResources loops;
  private final Connector connector;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable ConnectionPool pool;
  private final Semaphore permits;

  Connections(DatabaseConfig config, String name) {
    this.config = config;
    this.loops = LoopResources.create("sql-" + name, 1, 2, true, false);
    this.permits = new Semaphore(config.maxConnections(), true);
    this.connector = new Connector(config, loops);
  }

  Session acquire() {
    try {
      if (!permits.tryAcquire(config.acquireTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreUnavailableException(
            "no connection free in " + config.acquireTimeout().toMillis() + " ms", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted waiting for a connection", e);
    }
    boolean taken = false;
    try {
      Connection pooled = await(pool().create());
      taken = true;
      return new Session(pooled, ours(pooled).server(), config.replyTimeout());
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  /// Ends the use of a session: whole ones go back to the pool, broken ones are cut.
  void release(Session session) {
    Connection pooled = session.connection();
    Mono<Void> cut = session.broken() ? ours(pooled).cut() : Mono.empty();
    cut.onErrorComplete()
        .then(Mono.defer(() -> Mono.from(pooled.close())))
        .onErrorComplete()
        .doFinally(_ -> permits.release())
        .subscribe();
  }

  int inUse() {
    return config.maxConnections() - permits.availablePermits();
  }

  int waiting() {
    return permits.getQueueLength();
  }

  void close() {
    ConnectionPool open = pool;
    if (open != null) {
      open.disposeLater().onErrorComplete().block(Duration.ofSeconds(2));
    }
    loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(2));
  }

  /// The pool, made when the first connection has told which engine answers: its idle time depends
  /// on that.
  private ConnectionPool pool() {
    ConnectionPool made = pool;
    if (made != null) {
      return made;
    }
    boolean mine = false;
    try {
      mine = opening.tryLock(config.acquireTimeout().toNanos(), TimeUnit.NANOSECONDS);
      if (!mine) {
        throw new StoreUnavailableException("others are still trying to connect", null);
      }
      made = pool == null ? poolFor(askKind()) : pool;
      pool = made;
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while connecting", e);
    } finally {
      if (mine) {
        opening.unlock();
      }
    }
  }

  private ServerKind askKind() {
    CuttableConnection first = await(connector.create());
    Mono.from(first.close()).onErrorComplete().subscribe();
    return first.server();
  }

  private ConnectionPool poolFor(ServerKind kind) {
    return new ConnectionPool(
        ConnectionPoolConfiguration.builder(connector)
            .initialSize(0)
            .maxSize(config.maxConnections())
            .maxIdleTime(kind.maxIdle(config))
            .backgroundEvictionInterval(Duration.ofSeconds(1))
            .maxCreateConnectionTime(config.connectTimeout())
            // Of those idle, all may have been lost with the server: then a new one.
            .acquireRetry(config.maxConnections())
            .validationDepth(ValidationDepth.LOCAL)
            .build());
  }

  private <C extends Connection> C await(Mono<C> connection) {
    // The pool itself gives up after the time to connect; ours is only the second line.
    Duration limit = config.connectTimeout().plusSeconds(1);
    CompletableFuture<? extends @Nullable C> pending = connection.toFuture();
    try {
      return Objects.requireNonNull(pending.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreUnavailableException(
          "cannot connect to " + config.host() + ":" + config.port() + ": " + cause.getMessage(),
          cause);
    } catch (TimeoutException e) {
      giveBackLate(pending);
      throw new StoreUnavailableException("no connection in " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      giveBackLate(pending);
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while connecting", e);
    }
  }

  private static void giveBackLate(CompletableFuture<? extends @Nullable Connection> pending) {
    var _ =
        pending.thenAccept(late -> {
          if (late != null) {
            Mono.from(late.close()).onErrorComplete().subscribe();
          }
        });
  }

  private static CuttableConnection ours(Connection pooled) {
    if (pooled instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof CuttableConnection it) {
      return it;
    }
    throw new IllegalStateException("not one of ours: " + pooled);
  }
}
