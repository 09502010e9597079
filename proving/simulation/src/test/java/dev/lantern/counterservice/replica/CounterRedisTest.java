package dev.lantern.counterservice.replica;

import dev.lantern.ordercenter.budget.OneAtATime;
import dev.lantern.simulation.counting.CounterRedis;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class CounterRedisTest extends CounterReplicaContract {
  private final CounterReplica replica =
      OneAtATime.of(CounterReplica.class, new CounterRedis(() -> 0));

  @Override
  CounterReplica replica() {
    return replica;
  }

  @Override
  int lane() {
    return 1;
  }
}
