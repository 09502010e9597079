package dev.lantern.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.stores.sql.DatabaseConfig.Verify;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The engines are this class's own, since it hurts them.
@Tag("engine")
@Timeout(60)
class LostServersTest {

  private static final Script INCREASE =
      Redis.script("return {redis.call('INCRBY', KEYS[1], ARGV[1])}");

  @TempDir static Path home;

  private static Engines engines;
  private static Database database;
  private static Redis redis;

  @BeforeAll
  static void open() {
    engines = Engines.start(home, FreePorts.base(), EnumSet.of(Engine.MARIADB, Engine.REDIS_A));
    database = Database.open(config(Verify.CA, engines.pki().authority()), "lost");
    database.update("create table t (id int primary key, n int not null)");
    database.update("insert into t values (1, 0)");
    redis = Redis.connect(redisConfig(), "lost");
    assertThat(redis.warm(Duration.ofSeconds(20))).isTrue();
  }

  @AfterAll
  static void close() {
    database.close();
    redis.close();
    engines.close();
  }

  @Test
  void tls_ofAnotherAuthority_isNotTrusted() throws Exception {
    var elsewhere = Home.open(home.resolve("elsewhere"));
    var foreign = new DevPki(elsewhere, new Secrets(elsewhere, new SecureRandom()));
    var config = config(Verify.CA, foreign.leaf("mariadb").authority());
    try (var deceived = Database.open(config, "deceived")) {
      assertThatThrownBy(deceived::ping).isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void login_withAWrongPassword_isUnavailable() {
    var right = config(Verify.CA, engines.pki().authority());
    var wrong =
        DatabaseConfig.at(
                right.host(), right.port(), right.database(), right.user(), new Secret("wrong"))
            .withTls(Verify.CA, engines.pki().authority());
    try (var refused = Database.open(wrong, "refused")) {
      assertThatThrownBy(refused::ping).isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void frozenDatabase_whileItHangs_isGivenUpInTimeAndFoundAgain() throws Exception {
    database.ping();
    signal("-STOP", Engine.MARIADB);
    try {
      assertThat(
              elapsed(() ->
                  assertThatThrownBy(database::ping).isInstanceOf(StoreUnavailableException.class)))
          .isLessThan(Duration.ofSeconds(6));
      assertThat(eventually(() -> database.connectionsInUse() == 0))
          .as("given back although the server hangs")
          .isTrue();
    } finally {
      signal("-CONT", Engine.MARIADB);
    }
    database.ping();
  }

  @Test
  void frozenDatabase_betweenBodyAndCommit_leavesTheOutcomeUnknown() throws Exception {
    try {
      assertThatThrownBy(() ->
              database.inTransaction(tx -> {
                tx.update("update t set n = n + 1 where id = 1");
                signal("-STOP", Engine.MARIADB);
                return 0;
              }))
          .isInstanceOf(OutcomeUnknownException.class);
    } finally {
      signal("-CONT", Engine.MARIADB);
    }
    database.ping();
  }

  @Test
  void frozenDatabase_duringAnAutocommitChange_leavesTheOutcomeUnknown() throws Exception {
    database.ping();
    signal("-STOP", Engine.MARIADB);
    try {
      assertThatThrownBy(() -> database.update("update t set n = n + 1 where id = 1"))
          .isInstanceOf(OutcomeUnknownException.class);
    } finally {
      signal("-CONT", Engine.MARIADB);
    }
  }

  @Test
  void killedDatabase_inTheMiddleOfATransaction_committedNothing() {
    int before = n();
    assertThatThrownBy(() ->
            database.inTransaction(tx -> {
              tx.update("update t set n = n + 1 where id = 1");
              engines.kill(Engine.MARIADB);
              return tx.update("update t set n = n + 1 where id = 1");
            }))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(database::ping).isInstanceOf(StoreUnavailableException.class);
    engines.startAgain(Engine.MARIADB);
    assertThat(n()).isEqualTo(before);
  }

  @Test
  void frozenRedis_whileItHangs_isGivenUpInTimeAndFoundAgain() throws Exception {
    redis.eval(INCREASE, "f", Call.arg(1));
    signal("-STOP", Engine.REDIS_A);
    try {
      assertThat(
              elapsed(() ->
                  assertThatThrownBy(() -> redis.eval(INCREASE, "f", Call.arg(1)))
                      .isInstanceOf(RedisUnavailableException.class)))
          .isLessThan(Duration.ofMillis(800));
      assertThat(
              elapsed(() ->
                  assertThatThrownBy(
                          () -> redis.evalAll(List.of(Call.of(INCREASE, "f", Call.arg(1)))))
                      .isInstanceOf(RedisUnavailableException.class)))
          .isLessThan(Duration.ofMillis(800));
    } finally {
      signal("-CONT", Engine.REDIS_A);
    }
    assertThat(redisAnswers()).isPositive();
  }

  @Test
  void frozenRedis_neverReachedBefore_isGivenUpInTimeAndFoundLater() throws Exception {
    signal("-STOP", Engine.REDIS_A);
    try (var fresh = Redis.connect(redisConfig(), "fresh")) {
      try {
        for (int i = 0; i < 3; i++) {
          assertThat(
                  elapsed(() ->
                      assertThatThrownBy(fresh::ping)
                          .isInstanceOf(RedisUnavailableException.class)))
              .isLessThan(Duration.ofMillis(900));
        }
      } finally {
        signal("-CONT", Engine.REDIS_A);
      }
      assertThat(eventually(() -> answers(fresh))).isTrue();
    }
  }

  private static boolean answers(Redis one) {
    try {
      one.ping();
      return true;
    } catch (RedisUnavailableException e) {
      return false;
    }
  }

  @Test
  void killedRedis_comingBack_isFoundAgain() throws Exception {
    redis.ping();
    engines.kill(Engine.REDIS_A);
    assertThat(
            elapsed(() ->
                assertThatThrownBy(redis::ping).isInstanceOf(RedisUnavailableException.class)))
        .isLessThan(Duration.ofMillis(800));
    engines.startAgain(Engine.REDIS_A);
    assertThat(redisAnswers()).isPositive();
  }

  /// Asks until it is so, for at most two seconds.
  private static boolean eventually(BooleanSupplier so) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (!so.getAsBoolean() && System.nanoTime() < until) {
      assertThat(new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    return so.getAsBoolean();
  }

  /// Asks Redis until it answers, for at most ten seconds.
  private static long redisAnswers() throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      try {
        return redis.eval(INCREASE, "e", Call.arg(1)).getLong(0);
      } catch (RedisUnavailableException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
  }

  private static int n() {
    return database.query("select n from t where id = 1").getFirst().getInt("n");
  }

  private static DatabaseConfig config(Verify verify, Path authority) {
    return DatabaseConfig.at(
            engines.host(),
            engines.port(Engine.MARIADB),
            "lantern_order",
            Account.ORDER_CENTER.user(),
            new Secret(engines.password(Account.ORDER_CENTER)))
        .withTls(verify, authority);
  }

  private static RedisConfig redisConfig() {
    return RedisConfig.at(
        engines.host(),
        engines.port(Engine.REDIS_A),
        new Secret(engines.redisPassword(Engine.REDIS_A)));
  }

  private static Duration elapsed(Runnable task) {
    long begun = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  // The signal arrives at each thread in its own time; until then a statement may still be
  // answered.
  private static boolean everyThreadIsStopped(String pid) {
    try (var threads = Files.list(Path.of("/proc", pid, "task"))) {
      return threads.allMatch(thread -> {
        try {
          String stat = Files.readString(thread.resolve("stat"));
          return stat.substring(stat.lastIndexOf(')')).startsWith(") T");
        } catch (IOException e) {
          return true;
        }
      });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void signal(String signal, Engine engine) {
    try {
      String pid = Long.toString(engines.process(engine).pid());
      assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
      if (signal.equals("-STOP")) {
        assertThat(eventually(() -> everyThreadIsStopped(pid))).isTrue();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
