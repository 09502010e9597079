package dev.lantern.stores.sql;

import io.netty.channel.Channel;
import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;

/// The driver's connection with its socket at hand.
///
/// It hides the driver's `Lifecycle`, by which the pool would send a ping after every use: our
/// sessions end their transactions themselves, and a broken one is cut, so there is nothing left to
/// clean up.
final class CuttableConnection implements Connection {

  private final Connection driver;
  private final Channel socket;
  private final ServerKind server;

  CuttableConnection(Connection driver, Channel socket, ServerKind server) {
    this.driver = driver;
    this.socket = socket;
    this.server = server;
  }

  ServerKind server() {
    return server;
  }

  /// Closes the socket now, whatever it is doing; completes when it is closed. The driver's own
  /// close is a command queued behind the running statement.
  Mono<Void> cut() {
    return FutureMono.deferFuture(socket::close);
  }

  @Override
  public Publisher<Void> close() {
    return driver.close();
  }

  @Override
  public Statement createStatement(String sql) {
    return driver.createStatement(sql);
  }

  @Override
  public Publisher<Boolean> validate(ValidationDepth depth) {
    return driver.validate(depth);
  }

  @Override
  public ConnectionMetadata getMetadata() {
    return driver.getMetadata();
  }

  @Override
  public Publisher<Void> beginTransaction() {
    return driver.beginTransaction();
  }

  @Override
  public Publisher<Void> beginTransaction(TransactionDefinition definition) {
    return driver.beginTransaction(definition);
  }

  @Override
  public Publisher<Void> commitTransaction() {
    return driver.commitTransaction();
  }

  @Override
  public Publisher<Void> rollbackTransaction() {
    return driver.rollbackTransaction();
  }

  @Override
  public Publisher<Void> rollbackTransactionToSavepoint(String name) {
    return driver.rollbackTransactionToSavepoint(name);
  }

  @Override
  public Publisher<Void> createSavepoint(String name) {
    return driver.createSavepoint(name);
  }

  @Override
  public Publisher<Void> releaseSavepoint(String name) {
    return driver.releaseSavepoint(name);
  }

  @Override
  public Batch createBatch() {
    return driver.createBatch();
  }

  @Override
  public boolean isAutoCommit() {
    return driver.isAutoCommit();
  }

  @Override
  public Publisher<Void> setAutoCommit(boolean autoCommit) {
    return driver.setAutoCommit(autoCommit);
  }

  @Override
  public IsolationLevel getTransactionIsolationLevel() {
    return driver.getTransactionIsolationLevel();
  }

  @Override
  public Publisher<Void> setTransactionIsolationLevel(IsolationLevel level) {
    return driver.setTransactionIsolationLevel(level);
  }

  @Override
  public Publisher<Void> setLockWaitTimeout(Duration timeout) {
    return driver.setLockWaitTimeout(timeout);
  }

  @Override
  public Publisher<Void> setStatementTimeout(Duration timeout) {
    return driver.setStatementTimeout(timeout);
  }
}
