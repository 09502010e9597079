package dev.lantern.cli.command;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.rain.ConsoleProgress;
import dev.lantern.proving.stress.Cleaned;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern stress clean`.
@Command(
    name = "clean",
    description = {
      "Close the stress lane and delete its rows, topics, records, keys and counters, and the key"
          + " that signed its tokens.",
      "Counts before and after; exit code 1 if anything is left. Cleaning what is clean does nothing."
    },
    mixinStandardHelpOptions = true)
final class StressCleanCommand implements Callable<Integer> {
  private final Place place;

  @Option(names = "--json", description = "Print the counts as JSON.")
  private boolean json;

  StressCleanCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      var progress = new ConsoleProgress(System.err, place.terminal());
      Cleaned cleaned = Wiring.stressLane(Wiring.stack(borrowed.stack()), progress).clean();
      place.out().println(json ? cleaned.json() : cleaned.text());
      return cleaned.clean() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
