package dev.lantern.cli.command;

import dev.lantern.simulation.Report;
import dev.lantern.simulation.Simulation;
import dev.lantern.simulation.Simulation.Violation;
import dev.lantern.simulation.fault.Fault;
import java.util.concurrent.Callable;
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
      defaultValue = "2000",
      description = "How many seeds (default ${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  SimCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    if (runs < 1) {
      place.err().println("lantern sim: --runs must be at least 1");
      return ExitCode.BAD_USE;
    }
    QuietLog.hush();
    SimProgress progress = new SimProgress(place);
    Report report = new Simulation(progress::show).play(seed, runs);
    progress.done();
    if (json) {
      place.out().println(report.json());
    } else {
      print(report);
    }
    return report.good() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(Report report) {
    report.violations().forEach(this::print);
    place.out().println("  fault                   hits  at steps");
    for (Fault fault : Fault.values()) {
      place
          .out()
          .printf(
              "  %-18s %9d  %d%n",
              fault, report.hits().total(fault), report.hits().of(fault).size());
    }
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
  }

  private void print(Violation violation) {
    place.out().println("  " + violation.what());
    place.out().println("  replay: lantern sim --runs 1 --seed " + violation.seed());
    violation.tail().forEach(line -> place.out().println("    " + line));
  }
}
