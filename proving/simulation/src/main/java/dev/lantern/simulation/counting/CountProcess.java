package dev.lantern.simulation.counting;

import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.stores.sql.StoreException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/// A process that has to do with counters: one life, clocks of its own, duties on actors.
abstract class CountProcess {
  private static final int RATE_THOUSANDTHS = 5;
  private static final int SKEW_MILLIS = 2_000;

  final CountWorld world;
  final Life life;
  final LifeClock clock;

  CountProcess(CountWorld world, Life life) {
    this.world = world;
    this.life = life;
    Dice dice = world.dice;
    double rate = 1 + dice.between(-RATE_THOUSANDTHS, RATE_THOUSANDTHS) / 1000.0;
    Duration skew =
        dice.chance(0.5)
            ? Duration.ZERO
            : Duration.ofMillis(dice.between(-SKEW_MILLIS, SKEW_MILLIS));
    this.clock = new LifeClock(world.baton, life, rate, skew);
  }

  /// Starts its actors.
  abstract void start();

  /// What its death means to what it had counted.
  void died() {}

  void begin(String name, Runnable body) {
    world.baton.start(life, life.name() + "." + name, body);
  }

  /// Repeats a duty as production does.
  void every(Duration pause, String name, Runnable duty) {
    Baton baton = world.baton;
    begin(
        name,
        () -> {
          while (true) {
            attempt(name, duty);
            baton.sleep(pause);
          }
        });
  }

  /// Runs it; what stores and calls throw is part of the game, anything else is a defect.
  boolean attempt(String name, Runnable duty) {
    try {
      duty.run();
      return true;
    } catch (StatusRuntimeException | ReplicaUnavailableException | StoreException e) {
      return false;
    } catch (RuntimeException e) {
      world.law.defect(life.name() + "." + name, e);
      return false;
    }
  }

  long monotonic() {
    return clock.now().monotonicNanos();
  }
}
