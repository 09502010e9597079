package dev.lantern.cli.command;

import com.google.protobuf.MessageOrBuilder;
import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.CampaignServiceGrpc.CampaignServiceBlockingStub;
import dev.lantern.campaign.v1.DiffCampaignRequest;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.GetCampaignResponse;
import dev.lantern.campaign.v1.ListRevisionsRequest;
import dev.lantern.campaign.v1.Problem;
import dev.lantern.campaign.v1.RollbackCampaignRequest;
import dev.lantern.campaign.v1.ValidateCampaignRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
  private static final String AT = "When it takes effect; left out: as soon as allowed.";

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
        new CampaignView(place.out()).problems(response.getProblemsList(), file.toString());
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
      @Option(names = "--at", paramLabel = "TIME", description = AT) Optional<Instant> at,
      @Option(names = "--dry-run", description = "Answer as if applied; change nothing.")
          boolean dryRun,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    String document = Documents.read(file);
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      CampaignServiceBlockingStub campaigns = campaigns(operator);
      if (refused(campaigns, document, file.toString())) {
        return ExitCode.FAILED;
      }
      var request =
          ApplyCampaignRequest.newBuilder()
              .setDocument(document)
              .setEtag(etag)
              .setDryRun(dryRun)
              .setAuthor(signature.author())
              .setReason(signature.reason())
              .setRequestId(UUID.randomUUID().toString());
      at.ifPresent(time -> request.setEffectiveTime(Printed.timestamp(time)));
      var response = campaigns.applyCampaign(request.build());
      return tell(response, json, view -> view.made(response.getRevision(), dryRun));
    }
  }

  @Command(
      name = "diff",
      description = {
        "What differs between two revisions (diff ACTIVITY --from 2 --to 3), or between the newest",
        "revision and a tree that is not applied yet (diff FILE)."
      },
      mixinStandardHelpOptions = true)
  int diff(
      @Parameters(paramLabel = "FILE|ACTIVITY") String what,
      @Option(names = "--from", defaultValue = "0", description = "0: the newest.") long from,
      @Option(names = "--to", paramLabel = "N", description = "A revision; 0: the newest.")
          Optional<Long> to,
      @Option(names = "--json") boolean json) {
    var request = DiffCampaignRequest.newBuilder().setFromRevision(from);
    if (to.isPresent()) {
      request.setActivityId(what).setToRevision(to.get());
    } else {
      request.setDocument(Documents.read(Path.of(what)));
    }
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = campaigns(operator).diffCampaign(request.build());
      return tell(response, json, view -> view.changes(response));
    }
  }

  @Command(
      name = "rollback",
      description = "Make an earlier tree the next revision; refused where it may not be.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Parameters(paramLabel = "ACTIVITY") String activity,
      @Option(names = "--to", required = true, paramLabel = "N", description = "The revision.")
          long revision,
      @Option(
              names = "--etag",
              defaultValue = "",
              description = "Of the newest revision; left out: whichever is the newest now.")
          String etag,
      @Option(names = "--at", paramLabel = "TIME", description = AT) Optional<Instant> at,
      @Option(names = "--dry-run", description = "Answer as if rolled back; change nothing.")
          boolean dryRun,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      CampaignServiceBlockingStub campaigns = campaigns(operator);
      String newest = etag.isEmpty() ? get(campaigns, activity, 0).getRevision().getEtag() : etag;
      String document = get(campaigns, activity, revision).getDocument();
      if (refused(campaigns, document, activity + " revision " + revision)) {
        return ExitCode.FAILED;
      }
      var request =
          RollbackCampaignRequest.newBuilder()
              .setActivityId(activity)
              .setRevision(revision)
              .setEtag(newest)
              .setDryRun(dryRun)
              .setAuthor(signature.author())
              .setReason(signature.reason())
              .setRequestId(UUID.randomUUID().toString());
      at.ifPresent(time -> request.setEffectiveTime(Printed.timestamp(time)));
      var response = campaigns.rollbackCampaign(request.build());
      return tell(response, json, view -> view.made(response.getRevision(), dryRun));
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
      var response = get(campaigns(operator), activity, revision);
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
      return tell(response, json, view -> view.history(response.getRevisionsList()));
    }
  }

  private int tell(MessageOrBuilder response, boolean json, Consumer<CampaignView> inWords) {
    if (json) {
      place.out().println(Printed.json(response));
    } else {
      inWords.accept(new CampaignView(place.out()));
    }
    return ExitCode.OK;
  }

  private boolean refused(CampaignServiceBlockingStub campaigns, String document, String name) {
    List<Problem> problems =
        campaigns
            .validateCampaign(ValidateCampaignRequest.newBuilder().setDocument(document).build())
            .getProblemsList();
    if (!problems.isEmpty()) {
      new CampaignView(place.err()).problems(problems, name);
      place.err().println("Nothing was changed.");
    }
    return !problems.isEmpty();
  }

  private static GetCampaignResponse get(
      CampaignServiceBlockingStub campaigns, String activity, long revision) {
    return campaigns.getCampaign(
        GetCampaignRequest.newBuilder().setActivityId(activity).setRevision(revision).build());
  }

  private static CampaignServiceBlockingStub campaigns(OperatorChannel operator) {
    return CampaignServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }
}
