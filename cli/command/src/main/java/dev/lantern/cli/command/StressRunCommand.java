package dev.lantern.cli.command;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.rain.ConsoleProgress;
import dev.lantern.proving.stress.TrialOptions;
import dev.lantern.proving.stress.TrialReport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern stress run`.
@Command(
    name = "run",
    description = {
      "Load the stress lane through the edge, by the clock, and check its books and the live lane.",
      "Opens the lane at every instance if it is closed, and leaves it open. Exit code 0 only if the"
          + " laws hold on the lane's books and nothing of the live lane changed; it compares the"
          + " live lane before and after, so keep other traffic off it meanwhile."
    },
    mixinStandardHelpOptions = true)
final class StressRunCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users; as many as there are grabs if left out.")
  private @Nullable Integer users;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "100",
      description = "Grabs a second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "For so long (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  StressRunCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    TrialOptions options;
    try {
      int least = Math.clamp((long) rate * seconds, 1, TrialOptions.MOST_USERS);
      options = new TrialOptions(users == null ? least : users, rate, seconds);
    } catch (IllegalArgumentException e) {
      place.err().println("lantern stress run: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      borrowed.keep();
      var progress = new ConsoleProgress(System.err, place.terminal());
      TrialReport report = Wiring.trial(Wiring.stack(borrowed.stack()), progress).run(options);
      place.out().println(json ? report.json() : report.text());
      return report.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
