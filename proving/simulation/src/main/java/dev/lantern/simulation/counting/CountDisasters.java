package dev.lantern.simulation.counting;

import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;

/// What happens to the two Redis, to machines and to clocks, at times the seed chooses.
///
/// What both Redis lose is lost: no rule helps. So one loses data only when the other one has made
/// good what it lost itself, and the calls that were under way then are over.
final class CountDisasters {
  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration LONGEST_DOWN = Duration.ofSeconds(5);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration OLDEST = Duration.ofSeconds(15);
  private static final Duration CALLS_ARE_OVER = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int SKEW_MILLIS = 2_000;
  private static final int LOSSES = 4;
  private static final double OFTEN = 0.4;
  private static final double SELDOM = 0.2;

  private final CountWorld world;
  private final Dice dice;
  private final CounterRedis a;
  private final CounterRedis b;
  private boolean madeGoodA = true;
  private boolean madeGoodB = true;
  private long lastLoss;

  CountDisasters(CountWorld world, CounterRedis a, CounterRedis b) {
    this.world = world;
    this.dice = world.dice;
    this.a = a;
    this.b = b;
  }

  void schedule() {
    for (int time = 0; time < 2; time++) {
      sometimes(OFTEN, () -> goDown(Server.COUNTERS_A));
      sometimes(OFTEN, () -> goDown(Server.COUNTERS_B));
      sometimes(OFTEN, this::setClock);
    }
    sometimes(SELDOM, () -> goDown(Server.COUNTER_SERVICE));
    for (int loss = 0; loss < LOSSES; loss++) {
      sometimes(OFTEN, this::lose);
    }
    sometimes(OFTEN, this::dieWithMachine);
    sometimes(OFTEN, this::dieWithMachine);
    sometimes(SELDOM, this::takeTurns);
    sometimes(OFTEN, this::loseTheOther);
    lookAgain();
  }

  private void sometimes(double probability, Runnable disaster) {
    if (dice.chance(probability)) {
      world.baton.in(dice.anyWait(LEAST, world.plan.storm()), disaster);
    }
  }

  private void goDown(Server server) {
    if (!world.isStorming()) {
      return;
    }
    Duration time = dice.wait(LEAST, LONGEST_DOWN);
    world.outages.down(server, world.baton.now() + time.toNanos());
  }

  private void setClock() {
    if (world.setAClock(Duration.ofMillis(dice.between(-SKEW_MILLIS, SKEW_MILLIS)))) {
      world.hit(Fault.CLOCK_SET, "wall clock of counting");
    }
  }

  /// One is away, and when it is back, without what was told meanwhile, the other one goes.
  private void takeTurns() {
    boolean first = dice.chance(0.5);
    Duration time = dice.anyWait(SECOND, LONGEST_DOWN);
    world.outages.down(server(first), world.baton.now() + time.toNanos());
    world.baton.in(time, () -> goDown(server(!first)));
  }

  /// One is away, all who count die meanwhile and come back, and then the other one loses what it
  /// alone was told.
  private void loseTheOther() {
    boolean first = dice.chance(0.5);
    Duration time = dice.anyWait(LONGEST_DOWN.dividedBy(2), LONGEST_DOWN);
    world.outages.down(server(first), world.baton.now() + time.toNanos());
    world.baton.in(dice.anyWait(time.dividedBy(4), time.dividedBy(2)), world::killWriters);
    world.baton.in(time, () -> lose(!first));
  }

  private static Server server(boolean first) {
    return first ? Server.COUNTERS_A : Server.COUNTERS_B;
  }

  private void lose() {
    lose(dice.chance(0.5));
  }

  private void lose(boolean first) {
    if (!world.isStorming() || !(first ? madeGoodB : madeGoodA)) {
      return;
    }
    CounterRedis redis = first ? a : b;
    String name = first ? "counters-a" : "counters-b";
    switch (dice.between(0, 3)) {
      case 0 -> {
        world.hit(Fault.REDIS_EMPTY, name);
        redis.loseAll();
      }
      case 1 -> {
        world.hit(Fault.REDIS_LAST_SECOND, name);
        redis.loseLast(SECOND);
      }
      case 2 -> {
        world.hit(Fault.REDIS_OLDER, name);
        redis.loseLast(dice.anyWait(LEAST, OLDEST));
      }
      default -> {
        world.hit(Fault.SHARD_EMPTY, name);
        redis.loseShard(CountLaw.key(dice.oneOf(CountLaw.COUNTERS)));
      }
    }
    world.law.lost();
    lastLoss = world.baton.now();
    if (first) {
      madeGoodA = false;
    } else {
      madeGoodB = false;
    }
  }

  private void lookAgain() {
    world.baton.in(
        LOOK,
        () -> {
          if (world.baton.now() - lastLoss > CALLS_ARE_OVER.toNanos()) {
            madeGoodA |= a.covers(b);
            madeGoodB |= b.covers(a);
          }
          if (world.isStorming()) {
            lookAgain();
          }
        });
  }

  private void dieWithMachine() {
    if (world.loseMachine()) {
      world.hit(Fault.MACHINE_LOST, "journal");
    }
  }
}
