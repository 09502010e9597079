package dev.lantern.cli.command;

import com.google.protobuf.util.Timestamps;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.ManifestHeader;
import dev.lantern.order.v1.ManifestRow;
import dev.lantern.order.v1.ManifestScope;
import dev.lantern.order.v1.ReconciliationServiceGrpc;
import dev.lantern.order.v1.SubmitManifestRequest;
import dev.lantern.order.v1.SubmitManifestResponse;
import dev.lantern.order.v1.ToldOutcome;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern reconcile submit`.
@Command(
    name = "submit",
    description = "Hand in what an upstream told its users, as a CSV file.",
    mixinStandardHelpOptions = true)
final class SubmitManifestCommand implements Callable<Integer> {
  private static final long DEADLINE_S = 10;
  private static final List<String> COLUMNS =
      List.of("order_no", "act_id", "scene_id", "rain_id", "award_type", "amount_fen", "outcome");

  private final Place place;

  @Parameters(
      paramLabel = "FILE",
      description =
          "Columns: order_no, or act_id, scene_id, rain_id; award_type, amount_fen, outcome.")
  private Path file = Path.of("");

  @Option(names = "--activity", required = true, paramLabel = "ID")
  private String activity = "";

  @Option(names = "--scene", defaultValue = "", paramLabel = "ID")
  private String scene = "";

  @Option(names = "--round", defaultValue = "0", paramLabel = "N")
  private int round;

  @Option(names = "--from", defaultValue = "", paramLabel = "INSTANT")
  private String from = "";

  @Option(names = "--to", defaultValue = "", paramLabel = "INSTANT")
  private String to = "";

  @Option(names = "--source", defaultValue = "operator", paramLabel = "NAME")
  private String source = "";

  @Option(names = "--request-id", defaultValue = "", paramLabel = "ID")
  private String requestId = "";

  SubmitManifestCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    List<SubmitManifestRequest> messages = messages();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var stub =
          ReconciliationServiceGrpc.newStub(operator.channel())
              .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
      SubmitManifestResponse answer = Upload.send(stub::submitManifest, messages);
      place
          .out()
          .println(
              "Manifest "
                  + answer.getManifestId()
                  + ": "
                  + answer.getRowCount()
                  + " rows, "
                  + answer.getAcceptedFen()
                  + " fen told as accepted"
                  + (answer.getReplayed() ? "; it was there already." : "."));
      return ExitCode.OK;
    }
  }

  private List<SubmitManifestRequest> messages() {
    List<SubmitManifestRequest> messages = new ArrayList<>();
    messages.add(SubmitManifestRequest.newBuilder().setHeader(header()).build());
    SubmitManifestRequest.Builder message = SubmitManifestRequest.newBuilder();
    for (Map<String, String> row : OrdersFile.read(file, COLUMNS).rows()) {
      message.addRows(row(row));
      if (message.getRowsCount() == Upload.ROWS_A_MESSAGE) {
        messages.add(message.build());
        message = SubmitManifestRequest.newBuilder();
      }
    }
    messages.add(message.build());
    return messages;
  }

  private ManifestHeader header() {
    ManifestScope.Builder scope =
        ManifestScope.newBuilder().setActivityId(activity).setSceneId(scene).setRainId(round);
    try {
      if (scene.isEmpty()) {
        scope.setStartTime(Timestamps.parse(from)).setEndTime(Timestamps.parse(to));
      }
    } catch (ParseException e) {
      throw new BadDocument("--scene and --round, or --from and --to as RFC 3339", e);
    }
    return ManifestHeader.newBuilder()
        .setScope(scope)
        .setSource(source)
        .setRequestId(requestId.isEmpty() ? UUID.randomUUID().toString() : requestId)
        .build();
  }

  private static ManifestRow row(Map<String, String> row) {
    try {
      return ManifestRow.newBuilder()
          .setOrderNo(row.getOrDefault("order_no", ""))
          .setActId(OrdersFile.number(row, "act_id"))
          .setSceneId(row.getOrDefault("scene_id", ""))
          .setRainId((int) OrdersFile.number(row, "rain_id"))
          .setAwardType(
              AwardType.valueOf("AWARD_TYPE_" + Findings.upper(row.getOrDefault("award_type", ""))))
          .setAmountFen(OrdersFile.number(row, "amount_fen"))
          .setOutcome(
              ToldOutcome.valueOf(
                  "TOLD_OUTCOME_" + Findings.upper(row.getOrDefault("outcome", ""))))
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadDocument("award_type or outcome of a row is none: " + row, e);
    }
  }
}
