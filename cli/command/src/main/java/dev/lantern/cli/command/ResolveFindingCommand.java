package dev.lantern.cli.command;

import dev.lantern.order.v1.ResolveFindingRequest;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern reconcile resolve`.
@Command(
    name = "resolve",
    description = "Close a finding for a reason.",
    mixinStandardHelpOptions = true)
final class ResolveFindingCommand implements Callable<Integer> {
  private final Place place;

  @Parameters(paramLabel = "FINDING")
  private long finding;

  @Option(names = "--reason", required = true, paramLabel = "TEXT")
  private String reason = "";

  ResolveFindingCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response =
          Findings.stub(operator)
              .resolveFinding(
                  ResolveFindingRequest.newBuilder()
                      .setFindingId(finding)
                      .setRequestId(UUID.randomUUID().toString())
                      .setReason(reason)
                      .build());
      Findings.print(place, response.getFinding());
      return ExitCode.OK;
    }
  }
}
