package dev.lantern.cli.command;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.CampaignServiceGrpc.CampaignServiceBlockingStub;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.ListRevisionsRequest;
import dev.lantern.campaign.v1.Problem;
import dev.lantern.campaign.v1.Revision;
import dev.lantern.campaign.v1.ValidateCampaignRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern campaign`.
@Command(
    name = "campaign",
    description = "Campaign trees: activities, rewards, scenes, rounds.",
    mixinStandardHelpOptions = true)
final class CampaignCommand {
  private static final long DEADLINE_S = 10;

  private final Place place;

  CampaignCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "validate",
      description = "Check a tree against itself and all earlier revisions; change nothing.",
      mixinStandardHelpOptions = true)
  int validate(@Parameters(paramLabel = "FILE") Path file, @Option(names = "--json") boolean json) {
    var request = ValidateCampaignRequest.newBuilder().setDocument(Documents.read(file)).build();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = campaigns(operator).validateCampaign(request);
      if (json) {
        place.out().println(Printed.json(response));
      } else if (response.getProblemsCount() == 0) {
        place.out().println("The tree is fine.");
      } else {
        print(response.getProblemsList(), file, place.out());
      }
      return response.getProblemsCount() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  @Command(
      name = "apply",
      description = "Make a tree the next revision; it takes effect some ten seconds later.",
      mixinStandardHelpOptions = true)
  int apply(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--etag",
              defaultValue = "",
              description = "Of the revision it follows; left out for the first.")
          String etag,
      @Option(names = "--dry-run", description = "Answer as if applied; change nothing.")
          boolean dryRun,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    String document = Documents.read(file);
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      CampaignServiceBlockingStub campaigns = campaigns(operator);
      List<Problem> problems =
          campaigns
              .validateCampaign(ValidateCampaignRequest.newBuilder().setDocument(document).build())
              .getProblemsList();
      if (!problems.isEmpty()) {
        print(problems, file, place.err());
        place.err().println("Nothing was changed.");
        return ExitCode.FAILED;
      }
      var response =
          campaigns.applyCampaign(
              ApplyCampaignRequest.newBuilder()
                  .setDocument(document)
                  .setEtag(etag)
                  .setDryRun(dryRun)
                  .setAuthor(signature.author())
                  .setReason(signature.reason())
                  .setRequestId(UUID.randomUUID().toString())
                  .build());
      Revision revision = response.getRevision();
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : "Revision "
                      + revision.getRevision()
                      + " of "
                      + revision.getActivityId()
                      + " ("
                      + revision.getEtag()
                      + ") takes effect at "
                      + Printed.time(revision.getEffectiveTime())
                      + (dryRun ? "; a dry run, nothing was changed." : "."));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "show",
      description = "Print the newest tree of an activity, or a revision of it.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ACTIVITY") String activity,
      @Option(names = "--revision", defaultValue = "0", paramLabel = "N") long revision,
      @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response =
          campaigns(operator)
              .getCampaign(
                  GetCampaignRequest.newBuilder()
                      .setActivityId(activity)
                      .setRevision(revision)
                      .build());
      place.out().println(json ? Printed.json(response) : response.getDocument().strip());
      return ExitCode.OK;
    }
  }

  @Command(
      name = "history",
      description = "List the revisions of an activity, newest first.",
      mixinStandardHelpOptions = true)
  int history(
      @Parameters(paramLabel = "ACTIVITY") String activity,
      @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response =
          campaigns(operator)
              .listRevisions(ListRevisionsRequest.newBuilder().setActivityId(activity).build());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        for (Revision revision : response.getRevisionsList()) {
          place
              .out()
              .printf(
                  "%6d  %-20s  %-14s  %-12s  %s%n",
                  revision.getRevision(),
                  Printed.time(revision.getEffectiveTime()),
                  revision.getEtag(),
                  revision.getAuthor(),
                  revision.getReason());
        }
      }
      return ExitCode.OK;
    }
  }

  private static void print(List<Problem> problems, Path file, PrintWriter out) {
    for (Problem problem : problems) {
      out.println(
          file
              + (problem.getLine() > 0 ? ":" + problem.getLine() : "")
              + ": "
              + problem.getPath()
              + ": "
              + problem.getMessage());
    }
  }

  private static CampaignServiceBlockingStub campaigns(OperatorChannel operator) {
    return CampaignServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }
}
