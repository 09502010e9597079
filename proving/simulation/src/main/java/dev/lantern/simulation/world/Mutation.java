package dev.lantern.simulation.world;

import java.util.function.Consumer;

/// A rule taken away, by swapping a store or a policy object; the production code stays as it is.
///
/// @param rule as the protocol numbers it
/// @param what is done instead
/// @param ofServers swapped once, behind every wire
/// @param ofProcesses swapped in each process, before the wire
public record Mutation(
    String rule, String what, Consumer<Parts> ofServers, Consumer<Parts> ofProcesses) {
  /// Nothing is taken away.
  public static final Mutation NONE = new Mutation("", "", _ -> {}, _ -> {});

  static Mutation ofServers(String rule, String what, Consumer<Parts> swap) {
    return new Mutation(rule, what, swap, _ -> {});
  }

  static Mutation ofProcesses(String rule, String what, Consumer<Parts> swap) {
    return new Mutation(rule, what, _ -> {}, swap);
  }
}
