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
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.stores.sql.Transaction;
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

  void book(AcceptedOrder order) {
    orderCenter.inTransaction(tx -> {
      row(tx, order, OrderState.ORDER_STATE_SUCCESS);
      return raise(tx, order);
    });
  }

  void insert(AcceptedOrder order, OrderState state) {
    orderCenter.inTransaction(tx -> {
      row(tx, order, state);
      return 0;
    });
  }

  void turn(AcceptedOrder order, OrderState from, OrderState to) {
    orderCenter.inTransaction(tx -> {
      long won =
          tx.update(
              "update orders set state = ?, seq = seq + 1"
                  + " where act_id = ? and order_no = ? and state = ?",
              to.getNumber(),
              order.getActId(),
              order.getOrderNo(),
              from.getNumber());
      return won == 1 && to == OrderState.ORDER_STATE_SUCCESS ? raise(tx, order) : 0;
    });
  }

  /// The row of a record that nobody could read: no child, no amount.
  void insertUnreadable(AcceptedOrder order) {
    AcceptedOrder empty =
        order.toBuilder().setChildActivityId("").setOutcome(Outcome.getDefaultInstance()).build();
    insert(empty, OrderState.ORDER_STATE_PARKED);
  }

  void insertConflict(AcceptedOrder order, byte outcome, OrderState state) {
    byte[] digest = new byte[32];
    digest[0] = outcome;
    Award award = order.getOutcome().getAward();
    orderCenter.update(
        "insert into conflicts (act_id, order_no, fingerprint, outcome, reason, activity_id,"
            + " given_type, title, amount_fen, budget_id, counted_lease_id, partition_no, record,"
            + " state, accepted_at, created_at)"
            + " values (?, ?, ?, ?, 'OUTCOME_CONFLICT', ?, ?, ?, ?, '', 0, 0, ?, ?, ?, ?)",
        order.getActId(),
        order.getOrderNo(),
        order.getFingerprint().toByteArray(),
        digest,
        order.getChildActivityId(),
        award.getAwardTypeValue(),
        award.getTitle(),
        award.getAmountFen(),
        order.toByteArray(),
        state.getNumber(),
        at(order),
        at(order));
  }

  void insertInbox(AcceptedOrder order) {
    orderCenter.update(
        "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
            + " created_at) values (?, ?, 0, 0, ?, ?, ?)",
        order.getActId(),
        order.getOrderNo(),
        order.getFingerprint().toByteArray(),
        order.toByteArray(),
        at(order));
  }

  private static void row(Transaction tx, AcceptedOrder order, OrderState state) {
    Award award = order.getOutcome().getAward();
    tx.update(
        "insert into orders (act_id, order_no, parent_activity_id, activity_id, stage, scene_id,"
            + " rain_id, award_type, given_type, reward_id, title, fallback, amount_fen,"
            + " requested_amount_fen, budget_id, lease_id, counted_lease_id, partition_no,"
            + " fingerprint, state, app_id, token_key_id, open_time, accepted_at)"
            + " values (?, ?, 'spring', ?, 3, 'rain-a7f3', 1, 1, ?, 'r', ?, false, ?, 0, '', 0, 0,"
            + " 0, ?, ?, 1, '', ?, ?)",
        order.getActId(),
        order.getOrderNo(),
        order.getChildActivityId(),
        award.getAwardTypeValue(),
        award.getTitle(),
        award.getAmountFen(),
        order.getFingerprint().toByteArray(),
        state.getNumber(),
        at(order),
        at(order));
  }

  private static long raise(Transaction tx, AcceptedOrder order) {
    long fen = order.getOutcome().getAward().getAmountFen();
    return fen == 0
        ? 0
        : tx.update(
            "insert into balances (act_id, activity_id, purse, booked_fen, held_fen, income_fen,"
                + " seq) values (?, ?, 1, ?, 0, ?, 1) on duplicate key update booked_fen ="
                + " booked_fen + values(booked_fen), income_fen = income_fen + values(income_fen),"
                + " seq = seq + 1",
            order.getActId(),
            order.getChildActivityId(),
            fen,
            fen);
  }

  private static Instant at(AcceptedOrder order) {
    return Instant.ofEpochSecond(
        order.getAcceptTime().getSeconds(), order.getAcceptTime().getNanos());
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
