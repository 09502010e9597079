package dev.lantern.simulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.lantern.simulation.kernel.LawBroken;
import dev.lantern.simulation.world.Aim;
import dev.lantern.simulation.world.Mutation;
import java.util.List;
import java.util.Optional;

/// What became of a rule that was taken away: the seed that found it out, or none.
public record MutationTrial(Mutation mutation, Optional<Caught> caught) {

  /// By which seed, and which law it broke.
  public record Caught(long seed, String law) {}

  /// Plays `runs` seeds from `first` on, those aimed at the rule before all others, until one
  /// breaks a law.
  static MutationTrial of(Mutation mutation, long first, int runs) {
    for (long seed : Aim.seedsFor(mutation.rule(), first, runs).toArray()) {
      Optional<LawBroken> broken = Run.play(seed, mutation, 0).broken();
      if (broken.isPresent()) {
        return new MutationTrial(mutation, Optional.of(new Caught(seed, broken.get().law())));
      }
    }
    return new MutationTrial(mutation, Optional.empty());
  }

  /// `[{"name", "caught_by_seed", "law"}]`; a seed is null when none was found.
  public static JsonArray json(List<MutationTrial> trials) {
    JsonArray all = new JsonArray();
    for (MutationTrial trial : trials) {
      JsonObject one = new JsonObject();
      one.addProperty("name", trial.mutation.rule() + ": " + trial.mutation.what());
      if (trial.caught.isPresent()) {
        one.addProperty("caught_by_seed", trial.caught.get().seed());
        one.addProperty("law", trial.caught.get().law());
      } else {
        one.add("caught_by_seed", JsonNull.INSTANCE);
      }
      all.add(one);
    }
    return all;
  }
}
