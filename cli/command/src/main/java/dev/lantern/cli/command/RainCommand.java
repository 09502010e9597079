package dev.lantern.cli.command;

import dev.lantern.cli.stack.Stack;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.rain.Books;
import dev.lantern.proving.rain.ConsoleProgress;
import dev.lantern.proving.rain.RainOptions;
import dev.lantern.proving.rain.RainReport;
import dev.lantern.proving.rain.StagesReport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern rain`.
@Command(
    name = "rain",
    description = {
      "Play a red-packet rain through the edge and check every law.",
      "Starts what does not run, loads a campaign of its own, lets users grab over JSON and gRPC,"
          + " drains, compares what clients were told with the books. Exit code 0 only if all laws"
          + " hold."
    },
    mixinStandardHelpOptions = true)
final class RainCommand implements Callable<Integer> {
  private static final List<Duration> CLOCKS =
      List.of(Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(-2));

  private final Place place;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "500",
      description = "Simulated users (default ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "3",
      description = "Rounds of the rain (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What decides who does what; a random one if left out, shown in the books.")
  private @Nullable Long seed;

  @Option(
      names = "--budget",
      paramLabel = "FEN",
      defaultValue = "0",
      description = "The main budget; twice what is wanted if left out.")
  private long budget;

  @Option(
      names = "--threshold",
      paramLabel = "PCT",
      defaultValue = "10",
      description =
          "Under this share of the budget the fallback is given; 0: never (default"
              + " ${DEFAULT-VALUE}).")
  private int threshold;

  @Option(
      names = "--fixed",
      paramLabel = "FEN",
      defaultValue = "0",
      description = "Every red packet holds so much; drawn if left out.")
  private long fixed;

  @Option(names = "--api", paramLabel = "N", description = "Processes that accept (1 to 4).")
  private @Nullable Integer api;

  @Option(names = "--settle", paramLabel = "M", description = "Processes that book (1 to 6).")
  private @Nullable Integer settle;

  @Option(
      names = "--round-seconds",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "How long a round is open; by the number of users if left out.")
  private int roundSeconds;

  @Option(
      names = "--stages",
      description =
          "Play a tree of three stages that goes from GREY to OFFICIAL while it rains, over three"
              + " processes that accept whose clocks are 2 s ahead, right and 2 s behind; then hold"
              + " every order against resolve(round).")
  private boolean stages;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path report;

  @Option(names = "--keep", description = "Leave the stack up.")
  private boolean keep;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  RainCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    RainOptions options;
    try {
      options = options();
    } catch (IllegalArgumentException e) {
      place.err().println("lantern rain: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
    try (var borrowed =
        BorrowedStack.of(place, stages ? Integer.valueOf(CLOCKS.size()) : api, settle)) {
      if (keep) {
        borrowed.keep();
      }
      var progress = new ConsoleProgress(System.err, place.terminal());
      if (stages) {
        return stages(borrowed.stack(), options, progress);
      }
      RainReport result = Wiring.rain(Wiring.stack(borrowed.stack()), progress).run(options);
      Optional.ofNullable(report).ifPresent(result::write);
      place.out().println(json ? result.json() : Books.of(result));
      return result.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private int stages(Stack stack, RainOptions options, ConsoleProgress progress) {
    progress.phase("setting the clocks of the processes that accept wrong");
    try (var _ = Wiring.skewed(stack, place.checkout(), CLOCKS)) {
      StagesReport result = Wiring.stagesRain(Wiring.stack(stack), progress, CLOCKS).run(options);
      if (report != null) {
        result.write(report);
      }
      place.out().println(json ? result.json() : result.text());
      return result.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private RainOptions options() {
    return new RainOptions(
        users,
        rounds,
        seed == null ? new SecureRandom().nextInt(1, 1_000_000) : seed,
        budget,
        threshold,
        fixed,
        api == null ? 1 : api,
        settle == null ? 1 : settle,
        Optional.ofNullable(report),
        keep,
        roundSeconds,
        false);
  }
}
