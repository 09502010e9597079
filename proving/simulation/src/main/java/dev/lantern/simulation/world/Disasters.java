package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.ledger.SimLogTable;
import java.time.Duration;
import java.util.List;

/// What happens to the world as a whole, at times the seed chooses.
final class Disasters {
  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofSeconds(6);
  private static final Duration RUSH = Duration.ofSeconds(5);
  private static final Duration OLDEST = Duration.ofSeconds(15);
  private static final int SKEW_MILLIS = 2_000;
  private static final List<Server> WEAK = List.of(Server.REDIS, Server.QUEUE, Server.SIGNER);
  private static final List<OrderSwitch> SWITCHES =
      List.of(OrderSwitch.QUEUE, OrderSwitch.REDIS, OrderSwitch.TOKENS, OrderSwitch.WEAK);
  private static final double OFTEN = 0.25;
  private static final int CLAIM_GAPS = 2;

  /// Long enough to be told to everybody, and to accept meanwhile.
  private static final Duration SHORTEST_GAP = Duration.ofSeconds(8);

  private static final Duration LONGEST_GAP = Duration.ofSeconds(14);
  private static final double SELDOM = 0.15;

  private final World world;
  private final Dice dice;

  Disasters(World world, Hits hits) {
    this.world = world;
    this.dice = world.dice;
  }

  void schedule() {
    for (Server server : Server.values()) {
      boolean isHere = server != Server.VENDOR || world.program.hasThings();
      if (isHere && !server.isOfCounting()) {
        sometimes(SELDOM, () -> goDown(server));
      }
    }
    sometimes(SELDOM, () -> WEAK.forEach(this::goDown));
    sometimes(OFTEN, this::switchOff);
    sometimes(SELDOM, this::fillDisk);
    if (world.aim == Aim.LOST_COPIES) {
      new LostBoth(world).schedule();
    } else if (world.aim.losesTopic()) {
      new LostTopic(world).schedule();
    } else {
      sometimes(SELDOM, () -> loseRedis(Fault.REDIS_EMPTY));
      sometimes(OFTEN, () -> loseRedis(Fault.REDIS_LAST_SECOND));
      sometimes(SELDOM, this::planGeneration);
    }
    sometimes(world.aim == Aim.OLD_REDIS ? 1 : 0, () -> loseRedis(Fault.REDIS_OLDER));
    sometimes(world.aim == Aim.OLD_REDIS ? OFTEN : 0, () -> loseRedis(Fault.REDIS_OLDER));
    for (int gap = 0; world.aim == Aim.CLAIM_GAP && gap < CLAIM_GAPS; gap++) {
      Duration at = inTheRush();
      Duration before = at.minus(RUSH);
      world.baton.in(
          before.isNegative() ? Duration.ZERO : before, () -> world.stopSettlement("settle", at));
      world.baton.in(at, this::openGap);
    }
    sometimes(OFTEN, this::setClock);
    sometimes(OFTEN, this::setClock);
    int poisoned = world.aim.poisoned(dice);
    for (int order = 0; order < poisoned; order++) {
      poison();
    }
  }

  private void sometimes(double probability, Runnable disaster) {
    if (dice.chance(probability)) {
      world.baton.in(dice.chance(0.5) ? anyTime() : inTheRush(), disaster);
    }
  }

  private Duration anyTime() {
    return dice.anyWait(LEAST, world.plan.storm());
  }

  /// When a round has just opened, most is under way.
  private Duration inTheRush() {
    Duration opens = world.campaign.opens(dice.between(0, world.plan.rounds() - 1));
    return opens.plus(dice.anyWait(LEAST, RUSH));
  }

  private void goDown(Server server) {
    Duration time = dice.wait(LEAST, MOST);
    world.outages.down(server, world.baton.now() + time.toNanos());
  }

  /// An operator switches something off, and on again.
  private void switchOff() {
    switchOff(dice.oneOf(SWITCHES), dice.wait(LEAST, MOST));
  }

  private void switchOff(OrderSwitch one, Duration time) {
    world.hit(Fault.SWITCHED_OFF, one.id());
    world.off.add(one);
    world.baton.in(time, () -> world.off.remove(one));
  }

  /// What the queue holds is not booked, and who is asked again does not know of it.
  private void openGap() {
    Duration time = dice.anyWait(SHORTEST_GAP, LONGEST_GAP);
    world.outages.down(Server.QUEUE, world.baton.now() + time.toNanos());
    switchOff(OrderSwitch.REDIS, time);
  }

  private void fillDisk() {
    world.outages.diskFull(world.baton.now() + dice.wait(LEAST, MOST).toNanos());
  }

  private void loseRedis(Fault how) {
    world.hit(how, "redis-a");
    if (how == Fault.REDIS_EMPTY) {
      world.redis.loseAll();
    } else if (how == Fault.REDIS_OLDER) {
      world.redis.loseLast(dice.anyWait(LEAST, OLDEST));
    } else {
      world.redis.loseLastSecond();
    }
  }

  private void planGeneration() {
    SimLogTable table = new SimLogTable(world.tables);
    if (table.created().size() != 1) {
      return;
    }
    world.hit(Fault.NEW_GENERATION, "accept_logs");
    LogTable.Planned planned =
        new LogTable.Planned(Lane.LANE_LIVE, 2, "lantern.accept.live.g2", world.plan.partitions());
    table.plan(planned);
    world.queue.create(planned.topic(), planned.partitions());
    var topic = world.queue.topic(planned.topic());
    if (topic != null) {
      table.named(planned, topic.id());
    }
  }

  private void setClock() {
    List<ServerProcess> running = world.processes();
    if (!running.isEmpty()) {
      ServerProcess process = dice.oneOf(running);
      process.clock.setSkew(Duration.ofMillis(dice.between(-SKEW_MILLIS, SKEW_MILLIS)));
      world.hit(Fault.CLOCK_SET, "wall clock");
    }
  }

  private void poison() {
    var request =
        world.campaign.request(
            dice.between(1, world.plan.users()),
            dice.between(0, world.plan.rounds() - 1),
            0,
            dev.lantern.simulation.kernel.LifeClock.BEGIN);
    world.tables.poison(request.orderNo().text());
    world.hit(Fault.POISON, "orders");
  }
}
