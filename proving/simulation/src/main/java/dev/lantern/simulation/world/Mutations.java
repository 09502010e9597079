package dev.lantern.simulation.world;

import dev.lantern.simulation.counting.CountMutations;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// One or more mutations for every numbered rule that is in the code and in the simulation. Each
/// area of the protocol has a list of its own; a new area adds its list here.
public final class Mutations {
  private Mutations() {}

  public static List<Mutation> all() {
    return Stream.of(
            CountMutations.all().stream().map(Mutation::ofCounting).toList(),
            MutationsOfAccept.all(),
            MutationsOfLeases.all(),
            MutationsOfSettle.all(),
            MutationsOfBudgets.all(),
            MutationsOfWallet.all(),
            MutationsOfCopies.all(),
            MutationsOfMore.all())
        .flatMap(Collection::stream)
        .toList();
  }
}
