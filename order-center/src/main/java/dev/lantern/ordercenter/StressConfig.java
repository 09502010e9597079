package dev.lantern.ordercenter;

import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.sql.DatabaseConfig;
import java.time.Duration;

/// What this process gives to trials when the stress lane is open; without the section it never is
/// here. Everything is small beside what the live lane has: a trial may be refused, a user not.
///
/// @param schema the lane's own, beside the live one on the same server
/// @param user its account, which has no right on any other schema
/// @param databaseConnections the most of them, in this process
/// @param redisConnections the most of them, per server
/// @param calls how many calls of trials are served at once
/// @param queueBound how many records a partition may be behind before QUEUE_FULL
/// @param recordsLast how long records that nobody cleaned stay in the lane's topics
public record StressConfig(
    String schema,
    String user,
    Secret password,
    int databaseConnections,
    int redisConnections,
    int calls,
    long queueBound,
    Duration recordsLast) {
  public StressConfig {
    if (!schema.matches("[a-z][a-z0-9_]{0,62}") || !user.matches("[a-z][a-z0-9_]{0,30}")) {
      throw new IllegalArgumentException("schema and user are names of the database");
    }
    if (databaseConnections < 2 || redisConnections < 1 || calls < 1 || queueBound < 1) {
      throw new IllegalArgumentException(
          "database_connections must be at least 2, the other bounds positive");
    }
    if (recordsLast.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException("records_last must be at least 1h");
    }
  }

  /// The lane's schema, on the live one's server.
  DatabaseConfig database(DatabaseConfig live) {
    return new DatabaseConfig(
        live.host(),
        live.port(),
        schema,
        user,
        password,
        live.tls(),
        databaseConnections,
        live.acquireTimeout(),
        live.connectTimeout(),
        live.statementTimeout(),
        live.lockWait(),
        live.idleInTransaction());
  }

  /// The live lane's servers, fewer connections.
  RedisConfig redis(RedisConfig live) {
    return new RedisConfig(
        live.addresses(),
        live.password(),
        live.tls(),
        live.callTimeout(),
        live.connectTimeout(),
        redisConnections);
  }
}
