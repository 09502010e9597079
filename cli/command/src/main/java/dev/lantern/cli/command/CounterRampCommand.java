package dev.lantern.cli.command;

import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.proving.counter.RampOptions;
import dev.lantern.proving.counter.RampProof;
import dev.lantern.proving.counter.RampReport;
import dev.lantern.proving.rain.ConsoleProgress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern counter ramp`.
@Command(
    name = "ramp",
    description = {
      "Hold what a reader shows against what the writers have counted at that moment, every five"
          + " milliseconds of a ramp.",
      "On two Redis and two instances of its own. Exit code 1 unless 99.9 %% are within a hundredth"
          + " from the fifth second on."
    },
    mixinStandardHelpOptions = true)
final class CounterRampCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "300",
      description = "How long (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "300000",
      description = "How many are counted a second at the beginning (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--growth",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many more each second (default ${DEFAULT-VALUE}).")
  private int growth;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Processes, 1 to 8 (default ${DEFAULT-VALUE}).")
  private int writers;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  CounterRampCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    RampOptions options;
    try {
      options = new RampOptions(seconds, rate, growth, writers);
    } catch (IllegalArgumentException e) {
      place.err().println("lantern counter ramp: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
    QuietLog.hush();
    try (var home = ScratchHome.under(place.homePath(), "counters")) {
      var progress = new ConsoleProgress(System.err, place.terminal());
      RampReport report =
          RampProof.run(home.path(), place.checkout(), FreePorts.base(), options, progress);
      place.out().println(json ? report.json() : report.text());
      return report.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
