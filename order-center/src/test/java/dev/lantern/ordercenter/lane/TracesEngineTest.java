package dev.lantern.ordercenter.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class TracesEngineTest {
  private static final Script PUT = Script.of("return {redis.call('SET', KEYS[1], 'x')}");
  private static final Script THERE = Script.of("return {redis.call('EXISTS', KEYS[1])}");
  private static final long USER = 4711;

  private final Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A);
  private final Ledger ledger = Ledger.open(engines);
  private final MysqlLaneTable table = new MysqlLaneTable(ledger.database());
  private Redis redis;

  @BeforeEach
  void open() {
    redis =
        Redis.connect(
            RedisConfig.at(
                    engines.host(),
                    engines.port(Engine.REDIS_A),
                    new Secret(engines.redisPassword(Engine.REDIS_A)))
                .withCallTimeout(Duration.ofSeconds(5)),
            "test");
  }

  @AfterEach
  void close() {
    redis.close();
    ledger.close();
  }

  @Test
  void rows_ofEveryTable_areCountedAndDeleted() {
    var traces = new MysqlTraces(ledger.database());
    assertThat(traces.count()).isEmpty();
    ledger.budget("b", 100);
    assertThat(traces.count()).containsExactly(new Traces.Trace("rows", "budgets", 1));
    traces.delete();
    traces.delete();
    assertThat(traces.count()).isEmpty();
  }

  @Test
  void keys_ofTheLaneAlone_areCountedAndDeleted() {
    String live = TokenBuckets.tokensKey(Lane.LANE_LIVE_VALUE, USER);
    String trial = TokenBuckets.tokensKey(Lane.LANE_STRESS_VALUE, USER);
    var traces = new RedisTraces(redis, Lane.LANE_STRESS, false);
    traces.delete();
    redis.eval(PUT, live);
    redis.eval(PUT, trial);
    redis.eval(PUT, "lantern:{L2.rate.scene}:1");
    assertThat(traces.count()).containsExactly(new Traces.Trace("keys", "redis-a", 2));
    traces.delete();
    assertThat(traces.count()).isEmpty();
    assertThat(redis.eval(THERE, live).getLong(0)).isEqualTo(1);
    assertThat(redis.eval(THERE, trial).getLong(0)).isZero();
  }

  @Test
  void lane_opensOnlyWhenCleanAndNeverUnderAnOldNumber() {
    assertThat(table.open(request("a", "stress.open"), Duration.ofHours(1)))
        .isEqualTo(new Answer.Done(1, 3600, false));
    assertThat(table.open(request("a", "stress.open"), Duration.ofHours(1)))
        .isEqualTo(new Answer.Done(1, 3600, true));
    assertThatThrownBy(() -> table.open(request("b", "stress.open"), Duration.ofHours(1)))
        .isInstanceOf(LaneTable.LaneState.class);

    table.report("api-1", 1, true);
    table.close(request("c", "stress.close"));
    table.cleaned(1);
    assertThat(table.read().state()).isEqualTo(Opening.State.CLOSED);
    table.report("api-1", 1, false);
    table.cleaned(1);
    assertThat(table.read().state()).isEqualTo(Opening.State.CLEAN);
    assertThat(table.open(request("d", "stress.open"), Duration.ofHours(1)))
        .isEqualTo(new Answer.Done(2, 3600, false));
  }

  private static OperatorRequest request(String id, String action) {
    return new OperatorRequest(
        id, action, "stress", ByteString.copyFrom(new byte[32]), "test", "a test");
  }
}
