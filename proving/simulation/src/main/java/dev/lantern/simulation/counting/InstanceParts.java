package dev.lantern.simulation.counting;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica;
import dev.lantern.counterservice.replica.Replicas;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/// What an instance of counter-service is put together from beside production's classes. The fields
/// are there to be swapped: that is what a mutation does.
final class InstanceParts {
  CounterReplica a;
  CounterReplica b;
  LongUnaryOperator atLeast = LongUnaryOperator.identity();
  BiFunction<Replicas, Repairer, Runnable> repair = (_, repairer) -> repairer::round;
  Shown shown = CounterBoard::shown;
  Consumer<CountInstance> afterSwitch = _ -> {};

  /// @param a the first Redis, over a wire
  /// @param b the second
  InstanceParts(CounterReplica a, CounterReplica b) {
    this.a = a;
    this.b = b;
  }

  /// What to show of a counter.
  @FunctionalInterface
  interface Shown {
    long of(CounterBoard board, CounterKey counter, Instant now);
  }
}
