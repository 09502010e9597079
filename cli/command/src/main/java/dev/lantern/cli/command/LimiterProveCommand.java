package dev.lantern.cli.command;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.measure.LimitProofReport;
import dev.lantern.proving.rain.ConsoleProgress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern limiter prove`.
@Command(
    name = "prove",
    description = {
      "Ask several limiters for the same two keys as fast as they answer, kill one in the middle,"
          + " and look at every window for more than the limit and its burst.",
      "The limiters are its own, on the running stack's Redis B; starts the stack if it does not"
          + " run and stops it afterwards. Exit code 1 if a window holds too many, or if too"
          + " little was let through in time to tell."
    },
    mixinStandardHelpOptions = true)
final class LimiterProveCommand implements Callable<Integer> {
  private static final int MOST_LIMITERS = 8;
  private static final int MOST_SECONDS = 600;

  private final Place place;

  @Option(
      names = "--limiters",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many, 1 to 8 (default ${DEFAULT-VALUE}).")
  private int limiters;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "For how long, 1 to 600 (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  LimiterProveCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    if (limiters < 1 || limiters > MOST_LIMITERS || seconds < 1 || seconds > MOST_SECONDS) {
      place
          .err()
          .println(
              "lantern limiter prove: 1 to %d limiters, 1 to %d seconds"
                  .formatted(MOST_LIMITERS, MOST_SECONDS));
      return ExitCode.BAD_USE;
    }
    QuietLog.hush();
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      var progress = new ConsoleProgress(System.err, place.terminal());
      LimitProofReport report =
          Wiring.limitProof(Wiring.stack(borrowed.stack()), progress)
              .run(limiters, Duration.ofSeconds(seconds));
      place.out().println(json ? report.json() : report.text());
      return report.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
