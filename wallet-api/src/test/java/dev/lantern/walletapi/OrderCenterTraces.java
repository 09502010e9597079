package dev.lantern.walletapi;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.Outcome;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.AwardType;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What order-center leaves in the stores: its schema, an epoch, a promise.
final class OrderCenterTraces {
  private OrderCenterTraces() {}

  /// A settled epoch and one token, as order-center writes them.
  static void promise(Engines engines, long actId, long amountFen) throws SQLException {
    String orderNo = actId + "_rain-a7f3_1_1_3";
    AcceptedOrder order =
        AcceptedOrder.newBuilder()
            .setOrderNo(orderNo)
            .setActId(actId)
            .setChildActivityId("spring-official")
            .setLane(Lane.LANE_LIVE)
            .setOutcome(
                Outcome.newBuilder()
                    .setAward(
                        Award.newBuilder()
                            .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET)
                            .setAmountFen(amountFen)))
            .build();
    Script write =
        Script.of(
            """
            local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
            redis.call('HSET', KEYS[1], 'epoch', 'e1', 'run_id', run, 'set_at_ms', 1)
            redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
            return {1}
            """);
    try (Redis redis =
        Redis.connect(
            RedisConfig.at(
                    engines.host(),
                    engines.port(Engine.REDIS_A),
                    new Secret(engines.redisPassword(Engine.REDIS_A)))
                .withCallTimeout(Duration.ofSeconds(5)),
            "test")) {
      redis.eval(
          write,
          List.of(
              TokenBuckets.epochKeyOf(Lane.LANE_LIVE.getNumber(), actId),
              TokenBuckets.tokensKey(Lane.LANE_LIVE.getNumber(), actId)),
          Call.arg(orderNo),
          StoredToken.newBuilder().setOrder(order).build().toByteArray());
    }
    execute(
        engines,
        List.of(
            "insert into redis_epochs (epoch_id, lane, run_id, set_at, settled_at)"
                + " values ('e1', 1, 'any', now(6), now(6))"));
  }

  /// order-center's own migrations.
  static void schema(Engines engines) throws IOException, SQLException {
    Path migrations =
        Path.of(System.getProperty("lantern.checkout", ".."))
            .resolve("order-center/src/main/resources/db/migration");
    List<String> statements = new ArrayList<>();
    try (var files = Files.list(migrations)) {
      for (Path file : files.sorted().toList()) {
        statements.add(Files.readString(file));
      }
    }
    execute(engines, statements);
  }

  private static void execute(Engines engines, List<String> statements) throws SQLException {
    String url =
        "jdbc:mariadb://%s/lantern_order?sslMode=verify-full&serverSslCert=%s"
            .formatted(engines.address(Engine.MARIADB), engines.pki().authority());
    try (var connection =
            DriverManager.getConnection(
                url, Account.ORDER_CENTER.user(), engines.password(Account.ORDER_CENTER));
        var statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }
}
