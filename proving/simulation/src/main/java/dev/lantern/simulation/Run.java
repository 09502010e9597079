package dev.lantern.simulation;

import dev.lantern.simulation.counting.CountWorld;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.kernel.LawBroken;
import dev.lantern.simulation.kernel.Trace;
import dev.lantern.simulation.world.Mutation;
import dev.lantern.simulation.world.World;
import java.util.List;
import java.util.Optional;

/// One seed, played to its end.
///
/// @param broken the law that does not hold, if there is one
/// @param tail the last steps in words, if they were recorded
public record Run(
    long seed, long steps, long hash, Hits hits, Optional<LawBroken> broken, List<String> tail) {

  /// Plays a seed.
  ///
  /// @param mutation what is taken away
  /// @param tail how many of the last steps to record
  public static Run play(long seed, Mutation mutation, int tail) {
    Trace trace = new Trace(tail);
    Hits hits = new Hits();
    Optional<LawBroken> broken = Optional.empty();
    try {
      if (mutation.isOfOrders()) {
        new World(seed, trace, hits, mutation).play();
      }
      if (mutation.isOfCounting()) {
        new CountWorld(seed, trace, hits, mutation.ofCounting()).play();
      }
    } catch (LawBroken e) {
      broken = Optional.of(e);
    }
    return new Run(seed, trace.steps(), trace.hash(), hits, broken, trace.tail());
  }
}
