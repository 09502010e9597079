package dev.lantern.simulation.world;

import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.LogUnavailableException;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;

/// What every simulated process has: a life, clocks, duties repeated on actors of their own.
abstract class ServerProcess {
  final World world;
  final Life life;
  final LifeClock clock;
  final Parts parts;

  ServerProcess(World world, String name) {
    this.world = world;
    this.life = new Life(name);
    Dice dice = world.dice;
    double rate = 1 + dice.between(-5, 5) / 1000.0;
    Duration skew =
        dice.chance(0.5) ? Duration.ZERO : Duration.ofMillis(dice.between(-2_000, 2_000));
    this.clock = new LifeClock(world.baton, life, rate, skew);
    this.parts = world.partsFor(life);
  }

  /// Starts its actors.
  abstract void start();

  /// Repeats a duty as production does: what it could not do is still to be done.
  void every(Duration pause, String name, Runnable duty) {
    Baton baton = world.baton;
    baton.start(
        life,
        life.name() + "." + name,
        () -> {
          while (true) {
            attempt(name, duty);
            baton.sleep(pause);
          }
        });
  }

  /// Runs it; what stores throw is part of the game, anything else is a defect.
  boolean attempt(String name, Runnable duty) {
    try {
      duty.run();
      return true;
    } catch (StoreException
        | LogUnavailableException
        | RedisUnavailableException
        | AppendUnknownException
        | Refused e) {
      return false;
    } catch (RuntimeException e) {
      world.witness.defect(life.name() + "." + name, e);
      return false;
    }
  }
}
