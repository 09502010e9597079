package dev.lantern.cli.command;

import dev.lantern.order.v1.CreateReissueRequest;
import dev.lantern.order.v1.CreateReissueResponse;
import dev.lantern.order.v1.FindingClass;
import dev.lantern.order.v1.FindingFilter;
import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.order.v1.ReissueServiceGrpc;
import dev.lantern.order.v1.ReissueTotals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern reissue create`.
@Command(
    name = "create",
    description = "Make a reissue that waits for a second person; --dry-run shows its totals.",
    mixinStandardHelpOptions = true)
final class CreateReissueCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "order_no",
          "act_id",
          "child_activity_id",
          "reward_id",
          "amount_fen",
          "requested_amount_fen");

  private final Place place;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "CSV of what to pay.")
  private @Nullable Path file;

  @Option(names = "--findings", description = "Pay all open MISSING_ORDER findings instead.")
  private boolean findings;

  @Option(names = "--activity", required = true, paramLabel = "ID")
  private String activity = "";

  @Option(names = "--cause", required = true, paramLabel = "TEXT")
  private String cause = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT")
  private String reason = "";

  @Option(names = "--row-cap", required = true, paramLabel = "FEN")
  private long rowCap;

  @Option(names = "--total-cap", required = true, paramLabel = "FEN")
  private long totalCap;

  @Option(names = "--rate", defaultValue = "100", paramLabel = "ROWS/S")
  private int rate;

  @Option(names = "--dry-run", description = "Make nothing.")
  private boolean dryRun;

  @Option(names = "--json")
  private boolean json;

  CreateReissueCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    ReissueHeader.Builder header =
        ReissueHeader.newBuilder()
            .setActivityId(activity)
            .setCause(cause)
            .setReason(reason)
            .setRequestId(UUID.randomUUID().toString())
            .setRowCapFen(rowCap)
            .setTotalCapFen(totalCap)
            .setRowsPerSecond(rate)
            .setDryRun(dryRun);
    if (findings == (file != null)) {
      throw new BadDocument("name a FILE, or --findings", null);
    }
    if (findings) {
      header.setFindings(
          FindingFilter.newBuilder().setFindingClass(FindingClass.FINDING_CLASS_MISSING_ORDER));
    }
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var stub =
          ReissueServiceGrpc.newStub(operator.channel())
              .withDeadlineAfter(ReissueCommand.DEADLINE_S, TimeUnit.SECONDS);
      CreateReissueResponse answer =
          Upload.send(stub::createReissue, messages(header.build(), file));
      if (json) {
        place.out().println(Printed.json(answer));
      } else {
        print(answer.getTotals());
        place
            .out()
            .println(
                dryRun
                    ? "A dry run: nothing was made."
                    : "Reissue "
                        + answer.getReissue().getReissueId()
                        + (answer.getReplayed()
                            ? " was there already: "
                            : " waits for a second person: ")
                        + ReissueCommand.state(answer.getReissue()));
      }
      return ExitCode.OK;
    }
  }

  private static List<CreateReissueRequest> messages(ReissueHeader header, @Nullable Path file) {
    List<CreateReissueRequest> messages = new ArrayList<>();
    messages.add(CreateReissueRequest.newBuilder().setHeader(header).build());
    if (file == null) {
      return messages;
    }
    CreateReissueRequest.Builder message = CreateReissueRequest.newBuilder();
    for (Map<String, String> row : OrdersFile.read(file, COLUMNS).rows()) {
      message.addRows(
          ReissueRow.newBuilder()
              .setOrderNo(row.getOrDefault("order_no", ""))
              .setActId(OrdersFile.number(row, "act_id"))
              .setChildActivityId(row.getOrDefault("child_activity_id", ""))
              .setRewardId(row.getOrDefault("reward_id", ""))
              .setAmountFen(OrdersFile.number(row, "amount_fen"))
              .setRequestedAmountFen(OrdersFile.number(row, "requested_amount_fen")));
      if (message.getRowsCount() == Upload.ROWS_A_MESSAGE) {
        messages.add(message.build());
        message = CreateReissueRequest.newBuilder();
      }
    }
    messages.add(message.build());
    return messages;
  }

  private void print(ReissueTotals totals) {
    place
        .out()
        .printf(
            "%d rows, %d fen; %d booked already, %d new entitlements, %d over a cap, %d fen over"
                + " the total%n",
            totals.getRowCount(),
            totals.getAmountFen(),
            totals.getAlreadyBookedCount(),
            totals.getNewEntitlementCount(),
            totals.getOverCapCount(),
            totals.getOverTotalFen());
    totals
        .getRewardsList()
        .forEach(one ->
            place
                .out()
                .printf(
                    "  reward %-24s %8d rows %12d fen%n",
                    one.getRewardId(), one.getRowCount(), one.getAmountFen()));
    totals
        .getBudgetsList()
        .forEach(one ->
            place
                .out()
                .printf(
                    "  budget %-24s %12d fen of %d free%n",
                    one.getBudgetId(), one.getAmountFen(), one.getFreeFen()));
  }
}
