package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.chaos.Chaos.ChaosOptions;
import dev.lantern.proving.chaos.ChaosCase;
import dev.lantern.proving.chaos.ChaosReport;
import dev.lantern.proving.chaos.Detours;
import dev.lantern.proving.chaos.OrderCenterCases;
import dev.lantern.proving.present.LossDrill;
import dev.lantern.proving.present.LossReport;
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
    description =
        "Kill, freeze, restart, cut off and slow real processes during a rain, then check every law.",
    mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
  private static final String ORDER_CENTER = "order-center";
  private static final String COPIES = "copies";

  private final Place place;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description =
          "What to hurt, each in a rain of its own (settle, api, kafka, redis-a, redis-b, mariadb,"
              + " weak); all if left out. Or order-center: it and all it depends on, in every way. Or"
              + " copies: both Redis and the queue's topic are lost, and clients present what they"
              + " hold.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--dependency",
      paramLabel = "PART",
      description = "With order-center: hurt this alone. May be given more than once.")
  private List<String> dependencies = new ArrayList<>();

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description =
          "With order-center: kill, freeze, restart, cut, slow or full alone. May be given more than"
              + " once.")
  private List<String> faults = new ArrayList<>();

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
    long chosen = seed == null ? new SecureRandom().nextInt(1, 1_000_000) : seed;
    try {
      if (targets.equals(List.of(ORDER_CENTER))) {
        return orderCenter(OrderCenterCases.of(dependencies, faults), chosen);
      }
      if (targets.equals(List.of(COPIES))) {
        return copies();
      }
      if (!dependencies.isEmpty() || !faults.isEmpty()) {
        throw new IllegalArgumentException("--dependency and --fault go with order-center alone");
      }
      return single(ChaosCase.of(targets), chosen);
    } catch (IllegalArgumentException e) {
      place.err().println("lantern chaos: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
  }

  /// On a stack of its own plan, which ends with the proxies that it goes through.
  private int orderCenter(List<OrderCenterCases.Group> groups, long chosen) {
    if (keep) {
      throw new IllegalArgumentException(
          "--keep does not go with order-center: its stack is cut off");
    }
    requireNoStack();
    try (var detours = Detours.open(place.basePort());
        var borrowed = BorrowedStack.of(place, Parts.DETOURED)) {
      var progress = new ConsoleProgress(System.err, place.terminal());
      return report(
          Wiring.chaos(Wiring.stack(borrowed.stack()), detours, progress)
              .run(groups, users, chosen));
    }
  }

  private int single(List<ChaosCase> cases, long chosen) {
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      if (keep) {
        borrowed.keep();
      }
      var progress = new ConsoleProgress(System.err, place.terminal());
      return report(
          Wiring.chaos(Wiring.stack(borrowed.stack()), progress)
              .run(new ChaosOptions(cases, users, chosen)));
    }
  }

  private void requireNoStack() {
    if (place.stack().state().isPresent()) {
      throw new StackException(
          "a stack runs at " + place.homePath() + ", and this needs one of its own",
          "`lantern down`, or another LANTERN_HOME and LANTERN_BASE_PORT");
    }
  }

  /// What is lost stays lost: never on a stack that somebody else uses.
  private int copies() {
    requireNoStack();
    try (var borrowed = BorrowedStack.of(place, Parts.ALL)) {
      if (keep) {
        borrowed.keep();
      }
      var progress = new ConsoleProgress(System.err, place.terminal());
      LossReport result =
          Wiring.lossDrill(Wiring.stack(borrowed.stack()), progress)
              .run(Math.min(users, LossDrill.MOST));
      place.out().println(json ? result.json() : result.text());
      return result.good() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private int report(ChaosReport report) {
    if (json) {
      place.out().println(report.json());
    } else {
      report.cases().forEach(this::print);
    }
    return report.good() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(ChaosReport.Result result) {
    place
        .out()
        .printf(
            "  %-7s %-15s %-5s acknowledged %d, booked %d, parked %d, lost answers %d, refused %s;"
                + " lasted %.1f s, recovered after %.1f s%n",
            result.fault(),
            result.target(),
            result.good() ? "good" : "BAD",
            result.acknowledged(),
            result.booked(),
            result.parked(),
            result.lost(),
            result.refused().isEmpty() ? "nobody" : result.refused(),
            Math.max(0, result.faultS()),
            result.recoveryS());
    if (!result.problem().isEmpty()) {
      place.out().println("          " + result.problem());
    }
    result.findings().forEach(finding -> place.out().println(Books.finding(finding)));
  }
}
