package dev.lantern.cli.command;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.chaos.Chaos.ChaosOptions;
import dev.lantern.proving.chaos.ChaosCase;
import dev.lantern.proving.chaos.ChaosReport;
import dev.lantern.proving.rain.Books;
import dev.lantern.proving.rain.ConsoleProgress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern chaos`.
@Command(
    name = "chaos",
    description = "Kill and freeze real processes during a rain, then check every law.",
    mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
  private final Place place;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description =
          "What to hurt (settle, api, kafka, redis-a, redis-b, mariadb, weak); all if left out.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "" + ChaosOptions.USERS,
      description = "Users of each rain (default ${DEFAULT-VALUE}).")
  private int users;

  @Option(names = "--seed", paramLabel = "S", description = "A random one if left out.")
  private @Nullable Long seed;

  @Option(names = "--keep", description = "Leave the stack up.")
  private boolean keep;

  @Option(names = "--json", description = "Print the cases as JSON.")
  private boolean json;

  ChaosCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    List<ChaosCase> cases;
    try {
      cases = ChaosCase.of(targets);
    } catch (IllegalArgumentException e) {
      place.err().println("lantern chaos: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
    long chosen = seed == null ? new SecureRandom().nextInt(1, 1_000_000) : seed;
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      if (keep) {
        borrowed.keep();
      }
      var progress = new ConsoleProgress(System.err, place.terminal());
      ChaosReport report =
          Wiring.chaos(Wiring.stack(borrowed.stack()), progress)
              .run(new ChaosOptions(cases, users, chosen));
      if (json) {
        place.out().println(report.json());
      } else {
        report.cases().forEach(this::print);
      }
      return report.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void print(ChaosReport.Result result) {
    place
        .out()
        .printf(
            "  %-7s %-8s %-6s acknowledged %d, booked %d, parked %d, lost answers %d;"
                + " recovered in %.1f s%n",
            result.fault(),
            result.target(),
            result.good() ? "good" : "BAD",
            result.acknowledged(),
            result.booked(),
            result.parked(),
            result.lost(),
            result.recoveryS());
    if (!result.problem().isEmpty()) {
      place.out().println("          " + result.problem());
    }
    result.findings().forEach(finding -> place.out().println(Books.finding(finding)));
  }
}
