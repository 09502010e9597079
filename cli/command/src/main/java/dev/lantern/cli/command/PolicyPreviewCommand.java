package dev.lantern.cli.command;

import dev.lantern.mesh.v1.PolicyProblem;
import dev.lantern.mesh.v1.PreviewPolicyRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lantern policy preview`.
@Command(
    name = "preview",
    description =
        "What an apply would do: to rules, to Envoy's resources, to the requests of late.",
    mixinStandardHelpOptions = true)
final class PolicyPreviewCommand implements Callable<Integer> {
  private final Place place;

  @Mixin private PolicyChange change = new PolicyChange();

  @Option(names = "--json")
  private boolean json;

  PolicyPreviewCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    var request =
        PreviewPolicyRequest.newBuilder()
            .addAllDocuments(change.documents())
            .addAllRemove(change.removed())
            .build();
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var seen = PolicyCommand.edits(operator).previewPolicy(request);
      if (json) {
        place.out().println(Printed.json(seen));
      } else {
        new PolicyView(place.out()).preview(seen);
      }
      return seen.getProblemsList().stream().allMatch(PolicyProblem::getAdvice)
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
  }
}
