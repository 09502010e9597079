package dev.lantern.cli.command;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.Durations;
import dev.lantern.order.v1.AdjustBudgetRequest;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetGuard;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.BudgetServiceGrpc.BudgetServiceBlockingStub;
import dev.lantern.order.v1.CloseLeasesRequest;
import dev.lantern.order.v1.GetBudgetRequest;
import dev.lantern.order.v1.GuardBudgetRequest;
import dev.lantern.order.v1.ListBudgetsRequest;
import dev.lantern.order.v1.ListBudgetsResponse;
import dev.lantern.order.v1.ListLeasesRequest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern budget`.
@Command(
    name = "budget",
    description = "Budgets: what is left, how fast it goes; top up, cut, freeze, guard.",
    mixinStandardHelpOptions = true)
final class BudgetCommand {
  private static final long DEADLINE_S = 10;
  private static final int MOST_LISTED = 1_000;

  private final Place place;

  BudgetCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "show",
      description = "Show one budget: all of it at one instant.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "BUDGET", description = "Its id; with --template a template's.")
          String id,
      @Option(names = "--template", description = "Name the template of a reward instead.")
          boolean template,
      @Option(names = "--json") boolean json) {
    var request = GetBudgetRequest.newBuilder();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response =
          budgets(operator)
              .getBudget((template ? request.setTemplateId(id) : request.setBudgetId(id)).build());
      print(response.getBudget(), response, json);
      return ExitCode.OK;
    }
  }

  @Command(name = "list", description = "Show all budgets.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--activity", defaultValue = "", description = "Only of this activity.")
          String activity,
      @Option(names = "--json") boolean json) {
    var request = ListBudgetsRequest.newBuilder().setActivityId(activity).setPageSize(100);
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var all = ListBudgetsResponse.newBuilder();
      do {
        var page = budgets(operator).listBudgets(request.build());
        all.addAllBudgets(page.getBudgetsList());
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty() && all.getBudgetsCount() < MOST_LISTED);
      if (json) {
        place.out().println(Printed.json(all));
      } else {
        all.getBudgetsList().forEach(this::printLine);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "adjust",
      description = "Top up, cut, freeze or unfreeze a budget.",
      mixinStandardHelpOptions = true)
  int adjust(
      @Parameters(index = "0", paramLabel = "BUDGET") String id,
      @Parameters(
              index = "1",
              paramLabel = "HOW",
              description = "One of top_up, cut, freeze, unfreeze.")
          How how,
      @Parameters(
              index = "2",
              arity = "0..1",
              paramLabel = "AMOUNT",
              defaultValue = "0",
              description = "In fen, or items; for top_up and cut.")
          long amount,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        AdjustBudgetRequest.newBuilder()
            .setBudgetId(id)
            .setKind(how.proto)
            .setAmount(amount)
            .setRequestId(UUID.randomUUID().toString())
            .setReason(Reasoned.of(signature))
            .build();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = budgets(operator).adjustBudget(request);
      print(response.getBudget(), response, json);
      return ExitCode.OK;
    }
  }

  @Command(
      name = "guard",
      description = "Say how fast a budget may be booked; nothing takes the guard away.",
      mixinStandardHelpOptions = true)
  int guard(
      @Parameters(paramLabel = "BUDGET") String id,
      @Option(
              names = "--alarm",
              defaultValue = "0",
              paramLabel = "N",
              description = "Call somebody above so many units a second.")
          long alarm,
      @Option(
              names = "--alarm-share",
              defaultValue = "0",
              paramLabel = "PCT",
              description = "Call somebody when a minute takes a larger share of the total.")
          int share,
      @Option(
              names = "--freeze",
              defaultValue = "0",
              paramLabel = "N",
              description = "Freeze it above so many units a second.")
          long freeze,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        GuardBudgetRequest.newBuilder()
            .setBudgetId(id)
            .setGuard(
                BudgetGuard.newBuilder()
                    .setAlarmPerSecond(alarm)
                    .setAlarmPercentPerMinute(share)
                    .setFreezePerSecond(freeze))
            .setRequestId(UUID.randomUUID().toString())
            .setReason(Reasoned.of(signature))
            .build();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = budgets(operator).guardBudget(request);
      print(response.getBudget(), response, json);
      return ExitCode.OK;
    }
  }

  @Command(
      name = "leases",
      description = "Show a budget's leases, newest first.",
      mixinStandardHelpOptions = true)
  int leases(@Parameters(paramLabel = "BUDGET") String id, @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response =
          budgets(operator)
              .listLeases(ListLeasesRequest.newBuilder().setBudgetId(id).setPageSize(100).build());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        response.getLeasesList().forEach(lease -> place.out().println(LeaseLines.lease(lease)));
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "close",
      description = "Close a budget's leases now, so that what is left of them comes back.",
      mixinStandardHelpOptions = true)
  int close(
      @Parameters(paramLabel = "BUDGET") String id,
      @Option(
              names = "--end-presentation",
              description =
                  "Also end the presentation window of FROZEN leases, whose log is gone: tokens in"
                      + " Redis are booked, then they close.")
          boolean endPresentation,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        CloseLeasesRequest.newBuilder()
            .setBudgetId(id)
            .setRequestId(UUID.randomUUID().toString())
            .setReason(Reasoned.of(signature))
            .setEndPresentation(endPresentation)
            .build();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = budgets(operator).closeLeases(request);
      place.out().println(json ? Printed.json(response) : LeaseLines.closing(response));
      return ExitCode.OK;
    }
  }

  private void print(Budget budget, MessageOrBuilder response, boolean json) {
    if (json) {
      place.out().println(Printed.json(response));
      return;
    }
    line("budget", budget.getBudgetId() + " of " + budget.getActivityId());
    line("total", budget.getTotal());
    line("free", budget.getFree());
    line("leased", budget.getLeased());
    line("booked", budget.getBooked());
    line("parked", budget.getParked());
    line("rate", String.format("%.1f a second", budget.getRatePerSecond()));
    line(
        "time left", budget.hasTimeLeft() ? Durations.toSeconds(budget.getTimeLeft()) + " s" : "-");
    line("threshold", budget.getThresholdPercent() + " %");
    line("frozen", budget.getFrozen() ? "yes" : "no");
    line("pending cut", budget.getPendingCut());
    BudgetGuard guard = budget.getGuard();
    line(
        "guard",
        "alarm above "
            + guard.getAlarmPerSecond()
            + "/s or "
            + guard.getAlarmPercentPerMinute()
            + " % a minute, freeze above "
            + guard.getFreezePerSecond()
            + "/s (0: never)");
    line("as of", Printed.time(budget.getAsOfTime()));
  }

  private void line(String name, Object value) {
    place.out().printf("%-12s %s%n", name, value);
  }

  private void printLine(Budget budget) {
    place
        .out()
        .printf(
            "%-32s  total %12d  free %12d  leased %10d  booked %12d  parked %8d  %8.1f/s%s%n",
            budget.getBudgetId(),
            budget.getTotal(),
            budget.getFree(),
            budget.getLeased(),
            budget.getBooked(),
            budget.getParked(),
            budget.getRatePerSecond(),
            budget.getFrozen() ? "  frozen" : "");
  }

  private static BudgetServiceBlockingStub budgets(OperatorChannel operator) {
    return BudgetServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  /// What is done to a budget.
  enum How {
    TOP_UP(AdjustBudgetRequest.Kind.KIND_TOP_UP),
    CUT(AdjustBudgetRequest.Kind.KIND_CUT),
    FREEZE(AdjustBudgetRequest.Kind.KIND_FREEZE),
    UNFREEZE(AdjustBudgetRequest.Kind.KIND_UNFREEZE);

    private final AdjustBudgetRequest.Kind proto;

    How(AdjustBudgetRequest.Kind proto) {
      this.proto = proto;
    }
  }
}
