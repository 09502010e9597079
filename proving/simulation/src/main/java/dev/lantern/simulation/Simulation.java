package dev.lantern.simulation;

import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.kernel.LawBroken;
import dev.lantern.simulation.world.Mutation;
import dev.lantern.simulation.world.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Plays seeds, one after another, and gathers what came of them.
public final class Simulation {
  /// How many runs it takes before a fault that never struck says that something is wrong with the
  /// simulation, not with the luck of the draw.
  public static final int ENOUGH_RUNS = 200;

  /// How many it takes before the same is said of a fault at a step.
  public static final int ENOUGH_FOR_PAIRS = 2_000;

  private static final int TAIL = 120;
  private static final int MOST_VIOLATIONS = 20;

  private final Consumer<Progress> progress;

  /// @param progress told after every run
  public Simulation(Consumer<Progress> progress) {
    this.progress = progress;
  }

  /// How far it is.
  ///
  /// @param bad laws broken, or mutations that nothing has caught
  public record Progress(int done, int of, int bad) {}

  /// A law that does not hold, and how it came about.
  public record Violation(String law, long seed, String what, List<String> tail) {}

  /// Plays `runs` seeds from `first` on. Stops early when too much is broken.
  public Report play(long first, int runs) {
    Hits hits = new Hits();
    List<Violation> violations = new ArrayList<>();
    long steps = 0;
    int done = 0;
    while (done < runs && violations.size() < MOST_VIOLATIONS) {
      Run run = Run.play(first + done, Mutation.NONE, 0);
      done++;
      steps += run.steps();
      hits.addAll(run.hits());
      run.broken().ifPresent(law -> violations.add(again(run.seed(), law)));
      progress.accept(new Progress(done, runs, violations.size()));
    }
    return new Report(first, done, steps, hits, violations);
  }

  /// Takes one rule away at a time and plays seeds until a law breaks, at most `runs` for each.
  public List<MutationTrial> playMutations(long first, int runs) {
    List<Mutation> mutations = Mutations.all();
    List<MutationTrial> trials = new ArrayList<>();
    for (Mutation mutation : mutations) {
      trials.add(MutationTrial.of(mutation, first, runs));
      int missed = (int) trials.stream().filter(trial -> trial.caught().isEmpty()).count();
      progress.accept(new Progress(trials.size(), mutations.size(), missed));
    }
    return trials;
  }

  /// Plays a seed once more, now writing down what happens.
  private static Violation again(long seed, LawBroken law) {
    Run recorded = Run.play(seed, Mutation.NONE, TAIL);
    return new Violation(law.law(), seed, String.valueOf(law.getMessage()), recorded.tail());
  }
}
