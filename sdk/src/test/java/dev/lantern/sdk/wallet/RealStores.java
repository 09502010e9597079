package dev.lantern.sdk.wallet;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.Outcome;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.AwardType;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The real MariaDB and Redis with order-center's schema, and the few writes of order-center that
/// the reader depends on: the token before the answer, the row and the balance in one transaction,
/// the token's removal after it.
final class RealStores implements AutoCloseable {
  static final String CHILD = "spring-official";

  /// What is tested is not how fast a busy machine is.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final AtomicLong NEXT_USER = new AtomicLong(1_000_000);
  private static boolean migrated;

  final Database orderCenter;
  final Database walletApi;
  final Bookings bookings;
  final Redis redis;
  private final Engines engines;

  RealStores() {
    this(SharedEngines.with(Engine.MARIADB, Engine.REDIS_A), null);
  }

  /// With a Redis of its own, to be hurt.
  RealStores(Engines ownRedis) {
    this(SharedEngines.with(Engine.MARIADB), ownRedis);
  }

  private RealStores(Engines shared, @org.jspecify.annotations.Nullable Engines ownRedis) {
    this.engines = shared;
    migrate(shared);
    this.orderCenter = open(Account.ORDER_CENTER);
    this.walletApi = open(Account.WALLET_API);
    this.bookings = new Bookings(orderCenter);
    Engines withRedis = ownRedis == null ? shared : ownRedis;
    this.redis =
        Redis.connect(
            RedisConfig.at(
                    withRedis.host(),
                    withRedis.port(Engine.REDIS_A),
                    new Secret(withRedis.redisPassword(Engine.REDIS_A)))
                .withCallTimeout(PATIENCE),
            "test");
  }

  WalletReader reader() {
    return new WalletReader(tokens(), ledger());
  }

  TokenMaps tokens() {
    return new RedisTokenMaps(redis);
  }

  Ledger ledger() {
    return new MysqlLedger(walletApi, "lantern_order");
  }

  /// A user nobody else in this run has.
  static WalletKey user() {
    return new WalletKey(Lane.LANE_LIVE.getNumber(), NEXT_USER.incrementAndGet(), CHILD);
  }

  // --- Redis

  private static final Script SET_EPOCH =
      Script.of(
          """
          local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
          redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'run_id', run, 'set_at_ms', 1)
          return {run}
          """);
  private static final Script PUT =
      Script.of("redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) return {1}");
  private static final Script REMOVE = Script.of("redis.call('HDEL', KEYS[1], ARGV[1]) return {1}");
  private static final Script WIPE = Script.of("redis.call('FLUSHALL') return {1}");

  /// As settle's epoch keeper does, for the bucket of one user.
  void setEpoch(WalletKey key, String epochId, boolean settled) {
    redis.eval(SET_EPOCH, TokenBuckets.epochKeyOf(key.lane(), key.actId()), Call.arg(epochId));
    orderCenter.update(
        "insert into redis_epochs (epoch_id, lane, run_id, set_at, settled_at)"
            + " values (?, ?, 'any', ?, ?) on duplicate key update settled_at = values(settled_at)",
        epochId,
        key.lane(),
        Instant.EPOCH.plusSeconds(1),
        settled ? Instant.EPOCH.plusSeconds(2) : null);
  }

  void wipeRedis() {
    redis.eval(WIPE, "any");
  }

  void putToken(WalletKey key, AcceptedOrder order) {
    byte[] token = StoredToken.newBuilder().setOrder(order).build().toByteArray();
    redis.eval(PUT, tokensKey(key), Call.arg(order.getOrderNo()), token);
  }

  void putRaw(WalletKey key, String orderNo, byte[] bytes) {
    redis.eval(PUT, tokensKey(key), Call.arg(orderNo), bytes);
  }

  void removeToken(WalletKey key, AcceptedOrder order) {
    redis.eval(REMOVE, tokensKey(key), Call.arg(order.getOrderNo()));
  }

  private static String tokensKey(WalletKey key) {
    return TokenBuckets.tokensKey(key.lane(), key.actId());
  }

  // --- MySQL

  static AcceptedOrder order(WalletKey key, int rain, long amountFen, Instant at) {
    return AcceptedOrder.newBuilder()
        .setOrderNo("%d_rain-a7f3_%d_1_3".formatted(key.actId(), rain))
        .setActId(key.actId())
        .setChildActivityId(key.childActivityId())
        .setFingerprint(ByteString.copyFrom(new byte[32]))
        .setLane(Lane.LANE_LIVE)
        .setAcceptTime(
            Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
        .setOutcome(
            Outcome.newBuilder()
                .setAward(
                    Award.newBuilder()
                        .setAwardType(
                            amountFen == 0
                                ? AwardType.AWARD_TYPE_MESSAGE
                                : AwardType.AWARD_TYPE_CASH_RED_PACKET)
                        .setAmountFen(amountFen)
                        .setTitle("Spring red packet")))
        .build();
  }

  private Database open(Account account) {
    return Database.open(
        DatabaseConfig.at(
                engines.host(),
                engines.port(Engine.MARIADB),
                "lantern_order",
                account.user(),
                new Secret(engines.password(account)))
            .withTls(DatabaseConfig.Verify.CA, engines.pki().authority())
            .withMaxConnections(6),
        account.user());
  }

  private static synchronized void migrate(Engines engines) {
    if (migrated) {
      return;
    }
    Path migrations =
        Path.of(System.getProperty("lantern.checkout", ".."))
            .resolve("order-center/src/main/resources/db/migration");
    String url =
        "jdbc:mariadb://%s/lantern_order?sslMode=verify-full&serverSslCert=%s"
            .formatted(engines.address(Engine.MARIADB), engines.pki().authority());
    try (var files = Files.list(migrations);
        var connection =
            DriverManager.getConnection(
                url, Account.ORDER_CENTER.user(), engines.password(Account.ORDER_CENTER));
        var statement = connection.createStatement()) {
      List<Path> inOrder = files.sorted().toList();
      for (Path file : inOrder) {
        statement.execute(Files.readString(file));
      }
      migrated = true;
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException("order-center's schema cannot be made", failure);
    }
  }

  @Override
  public void close() {
    redis.close();
    walletApi.close();
    orderCenter.close();
  }
}
