package dev.lantern.simulation.world;

import dev.lantern.simulation.counting.CountMutation;
import java.util.function.Consumer;

/// A rule taken away, by swapping a store or a policy object; the production code stays as it is.
///
/// @param rule as the protocol numbers it
/// @param what is done instead
/// @param ofServers swapped once, behind every wire
/// @param ofProcesses swapped in each process, before the wire
/// @param ofCounting what is swapped in the world of counters
public record Mutation(
    String rule,
    String what,
    Consumer<Parts> ofServers,
    Consumer<Parts> ofProcesses,
    CountMutation ofCounting) {
  /// Nothing is taken away.
  public static final Mutation NONE = ofCounting(CountMutation.NONE);

  static Mutation ofServers(String rule, String what, Consumer<Parts> swap) {
    return new Mutation(rule, what, swap, _ -> {}, CountMutation.NONE);
  }

  static Mutation ofProcesses(String rule, String what, Consumer<Parts> swap) {
    return new Mutation(rule, what, _ -> {}, swap, CountMutation.NONE);
  }

  static Mutation ofCounting(CountMutation counting) {
    return new Mutation(counting.rule(), counting.what(), _ -> {}, _ -> {}, counting);
  }

  /// Whether orders are played with it: a rule of counters is tried on counters alone.
  public boolean isOfOrders() {
    return rule.isEmpty() || ofCounting.rule().isEmpty();
  }

  /// Whether counters are played with it.
  public boolean isOfCounting() {
    return rule.isEmpty() || !ofCounting.rule().isEmpty();
  }
}
