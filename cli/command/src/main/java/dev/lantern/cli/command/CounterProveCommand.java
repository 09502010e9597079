package dev.lantern.cli.command;

import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.proving.counter.CounterProof;
import dev.lantern.proving.counter.ProofOptions;
import dev.lantern.proving.counter.ProofReport;
import dev.lantern.proving.rain.ConsoleProgress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern counter prove`.
@Command(
    name = "prove",
    description = {
      "Read counters while the two Redis are switched, writers, instances and Redis are killed, and"
          + " replies are lost; then compare with what was counted.",
      "On two Redis and two instances of its own: needs no stack and touches none. Exit code 1 if a"
          + " number went back or one is lost."
    },
    mixinStandardHelpOptions = true)
final class CounterProveCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "The least number of reads (default ${DEFAULT-VALUE}).")
  private long reads;

  @Option(
      names = "--switches",
      paramLabel = "N",
      defaultValue = "50",
      description = "The least number of switches (default ${DEFAULT-VALUE}).")
  private int switches;

  @Option(
      names = "--lost",
      paramLabel = "PERCENT",
      defaultValue = "30",
      description = "How many replies are lost, 0 to 50 of 100 (default ${DEFAULT-VALUE}).")
  private int lost;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "How many each of the three writers counts a second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the dice.")
  private long seed;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  CounterProveCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    ProofOptions options;
    try {
      options = new ProofOptions(reads, switches, lost, rate, seed);
    } catch (IllegalArgumentException e) {
      place.err().println("lantern counter prove: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
    QuietLog.hush();
    try (var home = ScratchHome.under(place.homePath(), "counters")) {
      var progress = new ConsoleProgress(System.err, place.terminal());
      ProofReport report =
          CounterProof.run(home.path(), place.checkout(), FreePorts.base(), options, progress);
      place.out().println(json ? report.json() : report.text());
      if (!report.good()) {
        home.keep();
      }
      return report.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
