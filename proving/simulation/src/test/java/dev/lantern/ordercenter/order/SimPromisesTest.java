package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.budget.OneAtATime;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.redis.SimPromises;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class SimPromisesTest extends PromisesContract {
  private final Promises promises =
      OneAtATime.of(Promises.class, new SimPromises(new RedisState(() -> 0)));

  @Override
  Promises promises() {
    return promises;
  }
}
