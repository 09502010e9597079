package dev.lantern.ordercenter;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.lane.AllTraces;
import dev.lantern.ordercenter.lane.KafkaTraces;
import dev.lantern.ordercenter.lane.LaneDesk;
import dev.lantern.ordercenter.lane.LaneKeeper;
import dev.lantern.ordercenter.lane.MysqlLaneTable;
import dev.lantern.ordercenter.lane.MysqlTraces;
import dev.lantern.ordercenter.lane.RedisTraces;
import dev.lantern.ordercenter.lane.StressLaneService;
import dev.lantern.ordercenter.lane.Traces;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.LaneRouter;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wires the stress lane of one process: a keeper that opens the lane's own graph when the live
/// schema says so, and closes it again. Without the section `stress` there is none, and every trial
/// is refused here.
///
/// @param <L> what serves the lane in this role
final class StressWiring<L extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StressWiring.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SCHEMA_PATIENCE = Duration.ofSeconds(10);
  private static final String TOPICS = "lantern.accept.stress-";

  private final Repeating duties = new Repeating();
  private final Optional<Parts<L>> parts;
  private final int calls;

  private record Parts<L extends AutoCloseable>(
      Database schema, LaneKeeper<Served<L>> keeper, LaneDesk desk) {}

  /// What serves the lane, and what it stands on.
  private record Served<L extends AutoCloseable>(L lane, Foundation base) implements AutoCloseable {
    @Override
    public void close() {
      try {
        lane.close();
      } catch (Exception e) {
        LOG.warn("the stress lane did not close in order", e);
      } finally {
        base.close();
      }
    }
  }

  private StressWiring(OrderCenterConfig config, Foundation live, Function<Foundation, L> wire) {
    parts = config.stress().map(stress -> parts(config, stress, live, wire));
    calls = config.stress().map(StressConfig::calls).orElse(1);
    parts.ifPresent(open -> {
      live.telemetry.gauge(
          "stress.lane.serving", () -> open.keeper().current().isPresent() ? 1 : 0);
      duties.every(SECOND, "stress-lane", open.keeper()::tick);
    });
  }

  /// Begins to look whether the lane is open.
  ///
  /// @param wire makes what serves an opening, on what it stands on
  static <L extends AutoCloseable> StressWiring<L> start(
      OrderCenterConfig config, Foundation live, Function<Foundation, L> wire) {
    return new StressWiring<>(config, live, wire);
  }

  private static <L extends AutoCloseable> Parts<L> parts(
      OrderCenterConfig config,
      StressConfig stress,
      Foundation live,
      Function<Foundation, L> wire) {
    DatabaseConfig schema = stress.database(config.database());
    Database database = Database.open(schema, Foundation.NAME + "-traces");
    boolean cluster = config.redisA().addresses().size() > 1;
    Traces traces =
        new AllTraces(
            List.of(
                new KafkaTraces(live.topics, TOPICS),
                new MysqlTraces(database),
                new RedisTraces(live.redisA, Lane.LANE_STRESS, cluster)));
    var table = new MysqlLaneTable(live.database);
    var keeper =
        new LaneKeeper<>(
            table, config.instance(), opening -> open(stress, schema, live, wire, opening), traces);
    return new Parts<>(database, keeper, new LaneDesk(table, traces));
  }

  /// The schema is made when it is first needed: a lane that never opens costs nothing.
  private static <L extends AutoCloseable> Served<L> open(
      StressConfig stress,
      DatabaseConfig schema,
      Foundation live,
      Function<Foundation, L> wire,
      long opening) {
    Migrations.run(schema, SCHEMA_PATIENCE);
    Foundation base = live.ofStress(stress, opening);
    try {
      return new Served<>(wire.apply(base), base);
    } catch (RuntimeException e) {
      base.close();
      throw e;
    }
  }

  /// Sends trials to what serves them now.
  LaneRouter router(Function<L, LaneRouter.Side> side) {
    return new LaneRouter(
        calls, () -> parts.flatMap(open -> open.keeper().current()).map(Served::lane).map(side));
  }

  StressLaneService service() {
    return new StressLaneService(parts.map(Parts::desk));
  }

  @Override
  public void close() {
    duties.close();
    parts.ifPresent(open -> {
      open.keeper().close();
      open.schema().close();
    });
  }
}
