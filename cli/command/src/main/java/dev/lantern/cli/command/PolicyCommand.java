package dev.lantern.cli.command;

import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.GetRolloutRequest;
import dev.lantern.mesh.v1.GetRolloutResponse;
import dev.lantern.mesh.v1.ListRevisionsRequest;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.PolicyProblem;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.PolicyServiceGrpc.PolicyServiceBlockingStub;
import dev.lantern.mesh.v1.ValidatePolicyRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lantern policy`.
@Command(
    name = "policy",
    description = "The mesh's policy: limits, drops, degradations.",
    subcommands = {
      PolicyPreviewCommand.class,
      PolicyDiffCommand.class,
      PolicyExportCommand.class,
      PolicyRollbackCommand.class,
      PolicyAuditCommand.class
    },
    mixinStandardHelpOptions = true)
final class PolicyCommand {
  private static final long EDIT_DEADLINE_S = 20;
  private static final long READ_DEADLINE_S = 10;

  private final Place place;

  PolicyCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "validate",
      description = "Check documents as an apply would, and change nothing.",
      mixinStandardHelpOptions = true)
  int validate(@Mixin PolicyChange change, @Option(names = "--json") boolean json) {
    var request =
        ValidatePolicyRequest.newBuilder()
            .addAllDocuments(change.documents())
            .addAllRemove(change.removed())
            .build();
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response = edits(operator).validatePolicy(request);
      if (json) {
        place.out().println(Printed.json(response));
      } else if (response.getProblemsCount() == 0) {
        place.out().println("The documents are fine.");
      } else {
        response.getProblemsList().forEach(problem -> place.out().println(line(problem)));
      }
      return response.getProblemsList().stream().allMatch(PolicyProblem::getAdvice)
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
  }

  @Command(
      name = "apply",
      description = "Make documents part of the next revision and push it to every Envoy.",
      mixinStandardHelpOptions = true)
  int apply(
      @Mixin PolicyChange change,
      @Option(
              names = "--etag",
              defaultValue = "",
              description =
                  "Of the revision it follows; refused if that is not the newest. The newest at the"
                      + " time of the check if left out.")
          String etag,
      @Mixin RequestId request,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    List<PolicyDocument> documents = change.documents();
    try (var operator = OperatorChannel.toControlPlane(place)) {
      PolicyServiceBlockingStub edits = edits(operator);
      // Read before the check: what is applied follows what was checked against, or is refused.
      String follows = etag.isEmpty() ? newest(operator) : etag;
      var problems =
          edits
              .validatePolicy(
                  ValidatePolicyRequest.newBuilder()
                      .addAllDocuments(documents)
                      .addAllRemove(change.removed())
                      .build())
              .getProblemsList();
      problems.forEach(problem -> place.err().println(line(problem)));
      if (!problems.stream().allMatch(PolicyProblem::getAdvice)) {
        place.err().println("Nothing was changed.");
        return ExitCode.FAILED;
      }
      var response =
          edits.applyPolicy(
              ApplyPolicyRequest.newBuilder()
                  .addAllDocuments(documents)
                  .addAllRemove(change.removed())
                  .setEtag(follows)
                  .setAuthor(signature.author())
                  .setReason(signature.reason())
                  .setRequestId(request.id())
                  .build());
      var revision = response.getRevision();
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : "Revision "
                      + revision.getRevision()
                      + " ("
                      + revision.getEtag()
                      + ") is in force; `lantern policy rollout` shows who runs it.");
      return ExitCode.OK;
    }
  }

  @Command(
      name = "show",
      description = "Print the documents of the newest revision, or of one named.",
      mixinStandardHelpOptions = true)
  int show(
      @Option(names = "--revision", defaultValue = "0", paramLabel = "N") long revision,
      @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response =
          reads(operator).getPolicy(GetPolicyRequest.newBuilder().setRevision(revision).build());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        for (PolicyDocument document : response.getDocumentsList()) {
          place.out().println("# " + document.getName());
          place.out().println(document.getYaml().strip());
          place.out().println("---");
        }
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "history",
      description = "List the revisions, newest first.",
      mixinStandardHelpOptions = true)
  int history(@Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response = reads(operator).listRevisions(ListRevisionsRequest.getDefaultInstance());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        for (var revision : response.getRevisionsList()) {
          place
              .out()
              .printf(
                  "%6d  %-20s  %-14s  %-12s  %s%n",
                  revision.getRevision(),
                  Printed.time(revision.getCreateTime()),
                  revision.getEtag(),
                  revision.getAuthor(),
                  revision.getReason());
        }
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "rollout",
      description = "Show which Envoys run the newest revision, and what each refused.",
      mixinStandardHelpOptions = true)
  int rollout(@Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      GetRolloutResponse response =
          reads(operator).getRollout(GetRolloutRequest.getDefaultInstance());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        new RolloutView(place.out()).print(response);
      }
      boolean everywhere =
          response.getNodesCount() > 0
              && response.getNodesList().stream().allMatch(node -> node.getCurrent());
      return everywhere ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static String newest(OperatorChannel operator) {
    return reads(operator).getPolicy(GetPolicyRequest.getDefaultInstance()).getRevision().getEtag();
  }

  static String line(PolicyProblem problem) {
    return problem.getDocument()
        + (problem.getLine() > 0 ? ":" + problem.getLine() : "")
        + ": "
        + problem.getCode()
        + (problem.getAdvice() ? " (advice): " : ": ")
        + problem.getMessage();
  }

  static PolicyServiceBlockingStub edits(OperatorChannel operator) {
    return PolicyServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(EDIT_DEADLINE_S, TimeUnit.SECONDS);
  }

  static PolicyServiceBlockingStub reads(OperatorChannel operator) {
    return PolicyServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(READ_DEADLINE_S, TimeUnit.SECONDS);
  }
}
