package dev.lantern.cli.command;

import dev.lantern.mesh.v1.RollbackPolicyRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lantern policy rollback`.
@Command(
    name = "rollback",
    description = "Make the documents of an earlier revision the next one.",
    mixinStandardHelpOptions = true)
final class PolicyRollbackCommand implements Callable<Integer> {
  private final Place place;

  @Option(names = "--to", required = true, paramLabel = "N", description = "The revision.")
  private long revision;

  @Option(
      names = "--etag",
      defaultValue = "",
      description = "Of the newest revision; refused if that is another one.")
  private String etag = "";

  @Mixin private RequestId request = new RequestId();

  @Mixin private Signature signature = new Signature();

  @Option(names = "--json")
  private boolean json;

  PolicyRollbackCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response =
          PolicyCommand.edits(operator)
              .rollbackPolicy(
                  RollbackPolicyRequest.newBuilder()
                      .setRevision(revision)
                      .setEtag(etag)
                      .setAuthor(signature.author())
                      .setReason(signature.reason())
                      .setRequestId(request.id())
                      .build());
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : "Revision %d (%s) is in force: the documents of revision %d."
                      .formatted(
                          response.getRevision().getRevision(),
                          response.getRevision().getEtag(),
                          revision));
      return ExitCode.OK;
    }
  }
}
