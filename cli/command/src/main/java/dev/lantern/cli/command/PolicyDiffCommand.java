package dev.lantern.cli.command;

import dev.lantern.mesh.v1.DiffPolicyRequest;
import dev.lantern.mesh.v1.PreviewPolicyRequest;
import dev.lantern.mesh.v1.PreviewPolicyResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lantern policy diff`.
@Command(
    name = "diff",
    description = {
      "What differs between the newest revision and files (diff FILE…, or a folder such as",
      "envoy/policies), or between two revisions (diff --from 2 --to 3). Exits 1 when something"
          + " does."
    },
    mixinStandardHelpOptions = true)
final class PolicyDiffCommand implements Callable<Integer> {
  private final Place place;

  @Mixin private PolicyChange change = new PolicyChange();

  @Option(names = "--from", paramLabel = "N", description = "A revision.")
  private Optional<Long> from = Optional.empty();

  @Option(names = "--to", paramLabel = "N", description = "A revision; left out: the newest.")
  private Optional<Long> to = Optional.empty();

  @Option(names = "--json")
  private boolean json;

  PolicyDiffCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      return from.isPresent() ? revisions(operator) : files(operator);
    }
  }

  private int revisions(OperatorChannel operator) {
    var diff =
        PolicyCommand.reads(operator)
            .diffPolicy(
                DiffPolicyRequest.newBuilder()
                    .setFromRevision(from.orElse(0L))
                    .setToRevision(to.orElse(0L))
                    .build());
    if (json) {
      place.out().println(Printed.json(diff));
    } else {
      var view = new PolicyView(place.out());
      view.documents(diff.getDocumentsList());
      view.rules(diff.getRulesList());
    }
    return diff.getDocumentsCount() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private int files(OperatorChannel operator) {
    PreviewPolicyResponse seen =
        PolicyCommand.edits(operator)
            .previewPolicy(
                PreviewPolicyRequest.newBuilder()
                    .addAllDocuments(change.documents())
                    .addAllRemove(change.removed())
                    .build());
    if (json) {
      place
          .out()
          .println(
              Printed.json(
                  PreviewPolicyResponse.newBuilder()
                      .addAllDocuments(seen.getDocumentsList())
                      .addAllRules(seen.getRulesList())
                      .build()));
    } else {
      var view = new PolicyView(place.out());
      view.documents(seen.getDocumentsList());
      view.rules(seen.getRulesList());
    }
    return seen.getDocumentsCount() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
