package dev.lantern.stores.sql;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// One connection in the hands of one thread.
///
/// A statement is always awaited to its end and never cancelled. When the wait ends otherwise (our
/// deadline, a lost connection, an interrupt) the session is broken: its socket is closed and it
/// never goes back to the pool.
final class Session {

  private final Connection connection;
  private final ServerKind server;
  private final Duration replyTimeout;
  private boolean broken;

  Session(Connection connection, ServerKind server, Duration replyTimeout) {
    this.connection = connection;
    this.server = server;
    this.replyTimeout = replyTimeout;
  }

  Connection connection() {
    return connection;
  }

  ServerKind server() {
    return server;
  }

  boolean broken() {
    return broken;
  }

  /// Marks the session as not to be used again.
  void breakOff() {
    broken = true;
  }

  long update(String sql, @Nullable Object... args) {
    return await(
        Flux.from(bind(sql, args).execute())
            .concatMap(Result::getRowsUpdated)
            .reduce(0L, Long::sum),
        sql);
  }

  List<Row> query(String sql, @Nullable Object... args) {
    var reader = new RowReader();
    List<Row> rows =
        await(
            Flux.from(bind(sql, args).execute())
                .concatMap(result -> result.map(reader::read))
                .filter(_ -> reader.withinLimit())
                .collectList(),
            sql);
    if (!reader.withinLimit()) {
      throw new StatementException(
          "more than " + Statements.MAX_ROWS + " rows [" + Errors.head(sql) + "]",
          0,
          new IllegalStateException("page the query"));
    }
    return rows;
  }

  private Statement bind(String sql, @Nullable Object[] args) {
    return Arguments.bind(connection.createStatement(sql), args);
  }

  private <T> T await(Mono<T> reply, String sql) {
    if (broken) {
      throw new StoreUnavailableException(
          "the connection is gone [" + Errors.head(sql) + "]", null);
    }
    try {
      return reply.toFuture().get(replyTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause(), sql);
    } catch (TimeoutException e) {
      broken = true;
      throw new StoreUnavailableException(
          "no reply in " + replyTimeout.toMillis() + " ms [" + Errors.head(sql) + "]", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      broken = true;
      throw new StoreUnavailableException("interrupted [" + Errors.head(sql) + "]", e);
    }
  }

  private StoreException failed(Throwable cause, String sql) {
    StoreException answered = Errors.answered(cause, sql);
    if (answered != null) {
      return answered;
    }
    broken = true;
    return new StoreUnavailableException(
        "connection lost: " + cause.getMessage() + " [" + Errors.head(sql) + "]", cause);
  }
}
