package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.ledger.SimLogTable;
import java.time.Duration;

/// The accept log's topic vanishes in the rush of a round, with all it holds; in some runs another
/// is made under its name. Redis is away for a while, too, so that nothing but the window's own
/// sweep brings some orders into the books. Later an operator plans a new generation, by its row.
final class LostTopic {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration RUSH = Duration.ofSeconds(3);
  private static final Duration LONGEST_AWAY = Duration.ofSeconds(20);

  private final World world;

  LostTopic(World world) {
    this.world = world;
  }

  void schedule() {
    int round = world.dice.between(0, world.plan.rounds() - 1);
    Duration at = world.campaign.opens(round).plus(world.dice.wait(SOON, RUSH));
    if (world.dice.chance(0.5)) {
      // What is promised from now on is in the log alone, and in Redis.
      Duration stops = at.minus(RUSH);
      world.baton.in(
          stops.isNegative() ? Duration.ZERO : stops,
          () -> world.stopSettlement("settle", at.plus(SOON)));
    }
    world.baton.in(at, this::vanish);
  }

  private void vanish() {
    var logs = world.tables.logs();
    if (logs.isEmpty()) {
      return;
    }
    LogName log = logs.getLast();
    world.queue.vanish(log.topic());
    if (world.aim == Aim.REMADE_TOPIC) {
      world.queue.create(log.topic(), log.partitions());
      world.hit(Fault.TOPIC_REMADE, log.topic());
    } else {
      world.hit(Fault.TOPIC_LOST, log.topic());
    }
    if (world.dice.chance(0.6)) {
      Duration away = world.dice.anyWait(RUSH, LONGEST_AWAY);
      world.outages.down(Server.REDIS, world.baton.now() + away.toNanos());
    }
    if (world.dice.chance(0.6)) {
      world.baton.in(world.dice.anyWait(SOON, LONGEST_AWAY), () -> plan(log));
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
