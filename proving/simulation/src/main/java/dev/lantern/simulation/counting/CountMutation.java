package dev.lantern.simulation.counting;

import java.util.function.Consumer;

/// A rule of counters taken away, by swapping a store or a policy object.
///
/// @param rule as the protocol numbers it
/// @param what is done instead
/// @param ofRedis swapped in both Redis
/// @param ofInstances swapped in each instance of counter-service
/// @param ofClients swapped in each process that counts or reads
public record CountMutation(
    String rule,
    String what,
    Consumer<CounterRedis> ofRedis,
    Consumer<InstanceParts> ofInstances,
    Consumer<ClientParts> ofClients) {
  /// Nothing is taken away.
  public static final CountMutation NONE = new CountMutation("", "", _ -> {}, _ -> {}, _ -> {});

  static CountMutation ofRedis(String rule, String what, Consumer<CounterRedis> swap) {
    return new CountMutation(rule, what, swap, _ -> {}, _ -> {});
  }

  static CountMutation ofInstances(String rule, String what, Consumer<InstanceParts> swap) {
    return new CountMutation(rule, what, _ -> {}, swap, _ -> {});
  }

  static CountMutation ofClients(String rule, String what, Consumer<ClientParts> swap) {
    return new CountMutation(rule, what, _ -> {}, _ -> {}, swap);
  }
}
