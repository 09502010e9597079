package dev.lantern.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lantern.simulation.HitsTable;
import dev.lantern.simulation.MutationTrial;
import dev.lantern.simulation.Report;
import dev.lantern.simulation.Simulation;
import dev.lantern.simulation.Simulation.Violation;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern sim`.
@Command(
    name = "sim",
    description = {
      "Play the money protocol over simulated stores that fail, and check the laws at every step.",
      "The same seed plays the same run. Exit code 1 if a law is broken or a fault was never met."
    },
    mixinStandardHelpOptions = true)
final class SimCommand implements Callable<Integer> {
  private static final int RUNS = 2_000;
  private static final int MUTATED = 5_000;

  private final Place place;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first seed; each further run takes the next (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many seeds (default " + RUNS + "; of mutations at most " + MUTATED + ").")
  private @Nullable Integer asked;

  @Option(
      names = "--mutations",
      description = {
        "Take one rule of the protocol away at a time, and play seeds until a law breaks, at most"
            + " --runs for each."
      })
  private boolean mutations;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  SimCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    int runs = asked != null ? asked : mutations ? MUTATED : RUNS;
    if (runs < 1) {
      place.err().println("lantern sim: --runs must be at least 1");
      return ExitCode.BAD_USE;
    }
    QuietLog.hush();
    return mutations ? playMutations(runs) : play(runs);
  }

  private int play(int runs) {
    SimProgress progress = SimProgress.ofRuns(place);
    Report report = new Simulation(progress::show).play(seed, runs);
    progress.done();
    if (json) {
      place.out().println(report.json());
    } else {
      print(report);
    }
    return report.good() ? ExitCode.OK : ExitCode.FAILED;
  }

  private int playMutations(int runs) {
    SimProgress progress = SimProgress.ofMutations(place);
    List<MutationTrial> trials = new Simulation(progress::show).playMutations(seed, runs);
    progress.done();
    if (json) {
      JsonObject report = new JsonObject();
      report.addProperty("seed", seed);
      report.addProperty("runs", runs);
      report.add("violations", new JsonArray());
      report.add("mutations", MutationTrial.json(trials));
      place.out().println(report);
    } else {
      trials.forEach(this::print);
    }
    return trials.stream().allMatch(trial -> trial.caught().isPresent())
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private void print(MutationTrial trial) {
    place
        .out()
        .printf(
            "  %-3s %-56s %s%n",
            trial.mutation().rule(),
            trial.mutation().what(),
            trial
                .caught()
                .map(caught -> caught.law() + " breaks at seed " + caught.seed())
                .orElse("NOT CAUGHT"));
  }

  private void print(Report report) {
    report.violations().forEach(this::print);
    HitsTable.of(report.hits()).forEach(place.out()::println);
    place
        .out()
        .printf(
            "  seeds %d to %d: %d runs, %d steps, %d violations%n",
            report.firstSeed(),
            report.firstSeed() + report.runs() - 1,
            report.runs(),
            report.steps(),
            report.violations().size());
    if (!report.missing().isEmpty()) {
      place.out().println("  never met: " + report.missing());
    }
    if (!report.missingPairs().isEmpty()) {
      place.out().println("  never met: " + report.missingPairs());
    }
  }

  private void print(Violation violation) {
    place.out().println("  " + violation.what());
    place.out().println("  replay: lantern sim --runs 1 --seed " + violation.seed());
    violation.tail().forEach(line -> place.out().println("    " + line));
  }
}
