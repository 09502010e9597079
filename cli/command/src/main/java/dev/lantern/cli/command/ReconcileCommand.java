package dev.lantern.cli.command;

import dev.lantern.cli.stack.StackException;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.laws.Law;
import dev.lantern.proving.laws.ReconcileReport;
import dev.lantern.proving.laws.SelfTest;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Books;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern reconcile`.
@Command(
    name = "reconcile",
    description = "Check every law over what is there, each from two independent sources.",
    subcommands = {
      ListFindingsCommand.class,
      ResolveFindingCommand.class,
      ReportCommand.class,
      RunReconciliationCommand.class,
      SubmitManifestCommand.class
    },
    mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = Span.class,
      description = "How far back: 30m, 1h, 7d (default ${DEFAULT-VALUE}).")
  private Duration window = Duration.ofHours(1);

  @Option(
      names = "--self-test",
      description = "Try the checks: plant one violation per law; each must be reported.")
  private boolean selfTest;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  ReconcileCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      StackAccess stack = Wiring.stack(borrowed.stack());
      return selfTest ? trySelf(stack) : reconcile(stack);
    }
  }

  private int reconcile(StackAccess stack) {
    ReconcileReport report = Wiring.reconcile(stack).run(window);
    if (json) {
      place.out().println(report.json());
    } else {
      print(report);
    }
    return report.good() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(ReconcileReport report) {
    var out = place.out();
    report.totals().forEach((name, value) -> out.printf("  %-18s %12d%n", name, value));
    for (Law law : Law.values()) {
      Boolean holds = report.laws().get(law);
      out.printf(
          "  %-6s %-9s %8d compared%n",
          law,
          holds == null ? "nothing" : holds ? "holds" : "BROKEN",
          report.examined().getOrDefault(law, 0L));
    }
    report.findings().forEach(finding -> out.println(Books.finding(finding)));
    report.notes().forEach(note -> out.println("  " + note));
  }

  private int trySelf(StackAccess stack) {
    SelfTest test = Wiring.selfTest(stack);
    Path run =
        test.newestRun()
            .orElseThrow(() ->
                new StackException(
                    "there is no drained rain on this ledger to plant violations in",
                    "`lantern rain --users 100` makes one"));
    SelfTest.Outcome outcome = test.run(run);
    if (json) {
      place.out().println(outcome.json());
    } else {
      outcome.sound().forEach(finding -> place.out().println(Books.finding(finding)));
      for (SelfTest.Trial trial : outcome.trials()) {
        place
            .out()
            .printf(
                "  %-6s %-12s %s%n         %s%n",
                trial.law(),
                trial.reported() ? "reported" : "NOT REPORTED",
                trial.planted(),
                trial.seen());
      }
    }
    return outcome.good() ? ExitCode.OK : ExitCode.FAILED;
  }
}
