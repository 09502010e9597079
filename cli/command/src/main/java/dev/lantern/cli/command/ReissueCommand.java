package dev.lantern.cli.command;

import dev.lantern.order.v1.ApproveReissueRequest;
import dev.lantern.order.v1.CancelReissueRequest;
import dev.lantern.order.v1.GetReissueRequest;
import dev.lantern.order.v1.ListReissueRowsRequest;
import dev.lantern.order.v1.ListReissuesRequest;
import dev.lantern.order.v1.PauseReissueRequest;
import dev.lantern.order.v1.Reissue;
import dev.lantern.order.v1.ReissueRowResult;
import dev.lantern.order.v1.ReissueServiceGrpc;
import dev.lantern.order.v1.ReissueServiceGrpc.ReissueServiceBlockingStub;
import dev.lantern.order.v1.ResumeReissueRequest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern reissue`.
@Command(
    name = "reissue",
    description = "Pay what users are owed and did not get.",
    subcommands = CreateReissueCommand.class,
    mixinStandardHelpOptions = true)
final class ReissueCommand {
  static final long DEADLINE_S = 10;
  private static final int PAGE = 100;
  private final Place place;

  ReissueCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "approve",
      description = "Let a reissue begin, as the second person: with the approver's certificate.",
      mixinStandardHelpOptions = true)
  int approve(
      @Parameters(paramLabel = "REISSUE") String id,
      @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT") String reason,
      @Option(names = "--as-operator", description = "With the operator's own certificate.")
          boolean asOperator,
      @Option(names = "--json") boolean json) {
    try (var channel =
        asOperator
            ? OperatorChannel.toOrderCenter(place)
            : OperatorChannel.toOrderCenterAsApprover(place)) {
      var request =
          ApproveReissueRequest.newBuilder()
              .setReissueId(id)
              .setRequestId(UUID.randomUUID().toString())
              .setReason(reason)
              .build();
      return shown(stub(channel).approveReissue(request).getReissue(), json);
    }
  }

  @Command(name = "pause", description = "Stop paying for now.", mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "REISSUE") String id,
      @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT") String reason,
      @Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toOrderCenter(place)) {
      var request =
          PauseReissueRequest.newBuilder()
              .setReissueId(id)
              .setRequestId(UUID.randomUUID().toString())
              .setReason(reason)
              .build();
      return shown(stub(channel).pauseReissue(request).getReissue(), json);
    }
  }

  @Command(name = "resume", description = "Go on paying.", mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "REISSUE") String id,
      @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT") String reason,
      @Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toOrderCenter(place)) {
      var request =
          ResumeReissueRequest.newBuilder()
              .setReissueId(id)
              .setRequestId(UUID.randomUUID().toString())
              .setReason(reason)
              .build();
      return shown(stub(channel).resumeReissue(request).getReissue(), json);
    }
  }

  @Command(
      name = "cancel",
      description = "End a reissue; what is paid stays paid.",
      mixinStandardHelpOptions = true)
  int cancel(
      @Parameters(paramLabel = "REISSUE") String id,
      @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT") String reason,
      @Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toOrderCenter(place)) {
      var request =
          CancelReissueRequest.newBuilder()
              .setReissueId(id)
              .setRequestId(UUID.randomUUID().toString())
              .setReason(reason)
              .build();
      return shown(stub(channel).cancelReissue(request).getReissue(), json);
    }
  }

  @Command(
      name = "show",
      description = "Show a reissue and how far it is.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "REISSUE") String id, @Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toOrderCenter(place)) {
      var request = GetReissueRequest.newBuilder().setReissueId(id).build();
      return shown(stub(channel).getReissue(request).getReissue(), json);
    }
  }

  @Command(
      name = "list",
      description = "List reissues, newest first.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toOrderCenter(place)) {
      var page =
          stub(channel).listReissues(ListReissuesRequest.newBuilder().setPageSize(PAGE).build());
      if (json) {
        place.out().println(Printed.json(page));
      } else {
        page.getReissuesList()
            .forEach(one -> place.out().println(one.getReissueId() + "  " + state(one)));
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "rows",
      description = "Print the rows and what became of each, as CSV.",
      mixinStandardHelpOptions = true)
  int rows(@Parameters(paramLabel = "REISSUE") String id) {
    try (var channel = OperatorChannel.toOrderCenter(place)) {
      place.out().println("row,order_no,act_id,reward_id,amount_fen,state,note,booked_at");
      String token = "";
      do {
        var page =
            stub(channel)
                .listReissueRows(
                    ListReissueRowsRequest.newBuilder()
                        .setReissueId(id)
                        .setPageSize(PAGE)
                        .setPageToken(token)
                        .build());
        page.getRowsList().forEach(row -> place.out().println(csv(row)));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      return ExitCode.OK;
    }
  }

  private static String csv(ReissueRowResult row) {
    return String.join(
        ",",
        Integer.toString(row.getRowNo()),
        row.getOrderNo(),
        Long.toString(row.getActId()),
        row.getRewardId(),
        Long.toString(row.getAmountFen()),
        row.getState().name().substring("REISSUE_ROW_STATE_".length()),
        "\"" + row.getNote().replace("\"", "\"\"") + "\"",
        Printed.time(row.getBookTime()));
  }

  private int shown(Reissue reissue, boolean json) {
    place.out().println(json ? Printed.json(reissue) : state(reissue));
    return ExitCode.OK;
  }

  static String state(Reissue one) {
    return "%s  %d of %d rows paid (%d of %d fen), %d were booked, %d refused; by %s%s: %s%s"
        .formatted(
            one.getState().name().substring("REISSUE_STATE_".length()),
            one.getPaidCount(),
            one.getRowCount(),
            one.getPaidFen(),
            one.getAmountFen(),
            one.getAlreadyBookedCount(),
            one.getRefusedCount(),
            one.getCreatedBy(),
            one.getApprovedBy().isEmpty() ? "" : ", approved by " + one.getApprovedBy(),
            one.getCause(),
            one.getNote().isEmpty() ? "" : " (" + one.getNote() + ")");
  }

  private static ReissueServiceBlockingStub stub(OperatorChannel channel) {
    return ReissueServiceGrpc.newBlockingStub(channel.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }
}
