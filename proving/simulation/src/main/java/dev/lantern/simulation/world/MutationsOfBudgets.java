package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.simulation.ledger.Careless;
import java.util.List;

/// Rules S2, L7 and L8, taken away: a log that is gone, and what operators do to budgets.
final class MutationsOfBudgets {
  private MutationsOfBudgets() {}

  static List<Mutation> all() {
    return List.of(
        ofProcesses(
            "S2",
            "whatever the topic of the name holds is booked",
            parts ->
                parts.settledTopics =
                    Swap.method(
                        Topics.class,
                        parts.topics,
                        "idOf",
                        (args, _) ->
                            parts.tables.logs().stream()
                                .filter(log -> log.topic().equals(args[0]))
                                .map(LogName::topicId)
                                .findFirst())),
        ofProcesses(
            "L7",
            "a window ends while Redis still holds tokens of its leases",
            parts -> {
              parts.lives = () -> 0;
              parts.windowTokens =
                  Swap.method(
                      TokenStore.class, parts.windowTokens, "entrances", (_, _) -> List.of());
            }),
        ofProcesses(
            "L7",
            "leases of a log that is gone are never frozen",
            parts ->
                parts.closing =
                    Swap.method(LeaseClosingStore.class, parts.closing, "freeze", (_, _) -> 0L)),
        ofServers(
            "L8",
            "an adjustment counts as often as it is sent",
            parts -> parts.control = Careless.adjustingAgain(parts.tables)),
        ofServers(
            "L8",
            "a cut takes what is leased",
            parts -> parts.control = Careless.cuttingLeased(parts.tables)));
  }
}
