package dev.lantern.simulation;

import dev.lantern.simulation.world.Parts;
import java.util.function.Consumer;

/// A rule taken away, by swapping a store or a policy object: the production code stays as it is.
public record Mutation(String rule, String what, Consumer<Parts> swap) {
  /// Nothing is taken away.
  public static final Consumer<Parts> NONE = _ -> {};
}
