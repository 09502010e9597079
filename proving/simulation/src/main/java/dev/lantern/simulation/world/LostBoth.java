package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.ledger.SimLogTable;
import java.time.Duration;

/// Both Redis come back empty and the accept log's topic is made anew, within seconds of each other
/// and with settlement behind: of some orders nothing is left but what their clients keep.
final class LostBoth {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration RUSH = Duration.ofSeconds(4);
  private static final Duration BETWEEN = Duration.ofMillis(4_500);
  private static final Duration LATER = Duration.ofSeconds(12);

  private final World world;

  LostBoth(World world) {
    this.world = world;
  }

  void schedule() {
    int round = world.dice.between(0, world.plan.rounds() - 2);
    Duration at = world.campaign.opens(round).plus(world.dice.anyWait(SOON, RUSH));
    if (world.dice.chance(0.8)) {
      // Where another goes on the epoch after the loss waits for a log that then vanishes.
      String instances = world.dice.chance(0.5) ? "settle" : "settle-1";
      world.baton.in(
          world.campaign.opens(round), () -> world.stopSettlement(instances, at.plus(BETWEEN)));
    }
    boolean redisFirst = world.dice.chance(0.5);
    Duration then = at.plus(world.dice.anyWait(Duration.ZERO, BETWEEN));
    world.baton.in(redisFirst ? at : then, this::loseRedis);
    world.baton.in(redisFirst ? then : at, this::loseTopic);
    if (world.dice.chance(0.2)) {
      world.baton.in(at.plus(world.dice.anyWait(SOON, LATER)), this::loseRedis);
    }
  }

  private void loseRedis() {
    world.hit(Fault.REDIS_EMPTY, "redis-a");
    world.redis.loseAll();
    world.forfeits.lossHappened();
  }

  private void loseTopic() {
    var logs = world.tables.logs();
    if (logs.isEmpty()) {
      return;
    }
    LogName log = logs.getLast();
    world.queue.vanish(log.topic());
    world.forfeits.lossHappened();
    if (world.dice.chance(0.6)) {
      world.queue.create(log.topic(), log.partitions());
      world.hit(Fault.TOPIC_REMADE, log.topic());
    } else {
      world.hit(Fault.TOPIC_LOST, log.topic());
    }
    if (world.dice.chance(0.8)) {
      world.baton.in(world.dice.anyWait(SOON, LATER), () -> plan(log));
    }
  }

  private void plan(LogName lost) {
    int generation = lost.generation() + 1;
    new SimLogTable(world.tables)
        .plan(
            new LogTable.Planned(
                Lane.LANE_LIVE,
                generation,
                "lantern.accept.live.g" + generation,
                lost.partitions()));
  }
}
