package dev.lantern.stores.sql;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/// The pool: hands out sessions, takes back whole ones, cuts broken ones.
///
/// A fair semaphore as large as the pool stands in front of it, so that waiting for a connection is
/// a plain bounded wait of ours and no wait ever has to be cancelled inside the pool.
final class Connections {

  // Servers that know only `wait_timeout` (5 s) must not end a connection that the pool still
  // offers.
  private static final Duration MAX_IDLE = Duration.ofSeconds(4);

  private final DatabaseConfig config;
  private final LoopResources loops;
  private final ConnectionPool pool;
  private final Semaphore permits;

  Connections(DatabaseConfig config, String name) {
    this.config = config;
    this.loops = LoopResources.create("sql-" + name, 1, 2, true, false);
    this.permits = new Semaphore(config.maxConnections(), true);
    this.pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(new Connector(config, loops))
                .initialSize(0)
                .maxSize(config.maxConnections())
                .maxIdleTime(MAX_IDLE)
                .backgroundEvictionInterval(Duration.ofSeconds(1))
                .maxCreateConnectionTime(config.connectTimeout())
                .acquireRetry(1)
                .validationDepth(ValidationDepth.LOCAL)
                .build());
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
      Session session = new Session(connect(), config.replyTimeout());
      taken = true;
      return session;
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  /// Ends the use of a session: whole ones go back to the pool, broken ones are cut.
  void release(Session session) {
    Connection pooled = session.connection();
    Mono<Void> cut = session.broken() ? cut(pooled) : Mono.empty();
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
    pool.disposeLater().onErrorComplete().block(Duration.ofSeconds(2));
    loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(2));
  }

  private Connection connect() {
    // The pool itself gives up after the time to connect; ours is only the second line.
    Duration limit = config.connectTimeout().multipliedBy(2).plusSeconds(1);
    var pending = pool.create().toFuture();
    try {
      return pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
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

  private static Mono<Void> cut(Connection pooled) {
    return pooled instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof CuttableConnection it
        ? it.cut()
        : Mono.error(new IllegalStateException("not one of ours: " + pooled));
  }
}
