package dev.lantern.cli.command;

import com.google.protobuf.util.Durations;
import dev.lantern.mesh.v1.ApproveLevelRequest;
import dev.lantern.mesh.v1.LevelChange;
import dev.lantern.mesh.v1.LevelChangeState;
import dev.lantern.mesh.v1.ListLevelChangesRequest;
import dev.lantern.mesh.v1.ListLevelsRequest;
import dev.lantern.mesh.v1.ListLevelsResponse;
import dev.lantern.mesh.v1.RefuseLevelRequest;
import dev.lantern.mesh.v1.ReviewLevelRequest;
import dev.lantern.mesh.v1.SetLevelRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.SwitchServiceGrpc.SwitchServiceBlockingStub;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern level`.
@Command(
    name = "level",
    description = "Degradation levels: where switches stand, as one change with an end.",
    mixinStandardHelpOptions = true)
final class LevelCommand {
  private static final long DEADLINE_S = 10;
  private static final String AS_OPERATOR = "With the operator's certificate.";

  private final Place place;

  LevelCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "list",
      description = "Show the levels and the one in force.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response = stub(operator).listLevels(ListLevelsRequest.getDefaultInstance());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        print(response);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "set",
      description = {
        "Enter a level for some time, or go back: `level set L2 --for 10m --reason \"…\"`,",
        "`level set L0 --reason \"…\"`. From L3 on a second person must agree (`level approve`)."
      },
      mixinStandardHelpOptions = true)
  int set(
      @Parameters(index = "0", paramLabel = "LEVEL", description = "L0 to L9.") String level,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              converter = Span.class,
              description = "It ends by itself after 45s, 30m, 1h.")
          @Nullable Duration lasting,
      @Option(
              names = "--break-glass",
              description = "Without the second person, when there is none; a review is due.")
          boolean breakGlass,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        SetLevelRequest.newBuilder()
            .setLevel(level.toUpperCase(Locale.ROOT))
            .setAuthor(signature.author())
            .setReason(signature.reason())
            .setBreakGlass(breakGlass)
            .setRequestId(UUID.randomUUID().toString());
    if (lasting != null) {
      request.setLasting(Durations.fromMillis(lasting.toMillis()));
    }
    try (var operator = OperatorChannel.toControlPlane(place)) {
      return shown(stub(operator).setLevel(request.build()).getChange(), json);
    }
  }

  @Command(
      name = "approve",
      description =
          "Let a level be entered, as the second person: with the approver's certificate.",
      mixinStandardHelpOptions = true)
  int approve(
      @Parameters(paramLabel = "CHANGE") long id,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toControlPlaneAsApprover(place)) {
      var request =
          ApproveLevelRequest.newBuilder()
              .setChangeId(id)
              .setAuthor(signature.author())
              .setReason(signature.reason());
      return shown(stub(channel).approveLevel(request.build()).getChange(), json);
    }
  }

  @Command(
      name = "refuse",
      description = "Refuse a level that waits for a second person.",
      mixinStandardHelpOptions = true)
  int refuse(
      @Parameters(paramLabel = "CHANGE") long id,
      @Mixin Signature signature,
      @Option(names = "--as-operator", description = AS_OPERATOR) boolean asOperator,
      @Option(names = "--json") boolean json) {
    try (var channel = refusing(asOperator)) {
      var request =
          RefuseLevelRequest.newBuilder()
              .setChangeId(id)
              .setAuthor(signature.author())
              .setReason(signature.reason());
      return shown(stub(channel).refuseLevel(request.build()).getChange(), json);
    }
  }

  @Command(
      name = "review",
      description = {
        "Say what was found of a level that was entered by breaking the glass:",
        "with the approver's certificate."
      },
      mixinStandardHelpOptions = true)
  int review(
      @Parameters(paramLabel = "CHANGE") long id,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    try (var channel = OperatorChannel.toControlPlaneAsApprover(place)) {
      var request =
          ReviewLevelRequest.newBuilder()
              .setChangeId(id)
              .setAuthor(signature.author())
              .setNote(signature.reason());
      return shown(stub(channel).reviewLevel(request.build()).getChange(), json);
    }
  }

  @Command(
      name = "changes",
      description = "List what was asked for, newest first.",
      mixinStandardHelpOptions = true)
  int changes(
      @Option(names = "--open", description = "What waits for a second person or a review.")
          boolean open,
      @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var page =
          stub(operator)
              .listLevelChanges(ListLevelChangesRequest.newBuilder().setOpen(open).build());
      if (json) {
        place.out().println(Printed.json(page));
      } else {
        page.getChangesList().forEach(change -> place.out().println(words(change)));
      }
      return ExitCode.OK;
    }
  }

  private OperatorChannel refusing(boolean asOperator) {
    return asOperator
        ? OperatorChannel.toControlPlane(place)
        : OperatorChannel.toControlPlaneAsApprover(place);
  }

  private int shown(LevelChange change, boolean json) {
    place.out().println(json ? Printed.json(change) : words(change));
    if (!json && change.getState() == LevelChangeState.LEVEL_CHANGE_STATE_WAITING) {
      place
          .out()
          .println("It waits for a second person: lantern level approve " + change.getChangeId());
    }
    return ExitCode.OK;
  }

  private static String words(LevelChange change) {
    return "%d  %s  %s  by %s (%s): %s%s%s"
        .formatted(
            change.getChangeId(),
            change.getLevel(),
            change.getState().name().substring("LEVEL_CHANGE_STATE_".length()),
            change.getAuthor(),
            change.getCaller(),
            change.getReason(),
            change.getSecondAuthor().isEmpty() ? "" : "; second " + change.getSecondAuthor(),
            switch (change.getReview()) {
              case LEVEL_REVIEW_DUE -> "; THE GLASS WAS BROKEN, a review is due";
              case LEVEL_REVIEW_DONE -> "; reviewed by " + change.getReviewer();
              case LEVEL_REVIEW_NONE, LEVEL_REVIEW_UNSPECIFIED, UNRECOGNIZED -> "";
            });
  }

  private void print(ListLevelsResponse levels) {
    var out = place.out();
    out.printf(
        "%s is in force (by hand %s, by itself %s)%s%s%n",
        levels.getLevel(),
        levels.getManual(),
        levels.getAutomatic(),
        levels.hasExpireTime() ? ", until " + Printed.time(levels.getExpireTime()) : "",
        levels.hasBusyPercent() ? "; services are " + levels.getBusyPercent() + "% busy" : "");
    levels
        .getLevelsList()
        .forEach(level ->
            out.printf(
                "%s  %s%s%s%n",
                level.getName(),
                level.getDescription(),
                level.getAutomatic() ? " (comes by itself)" : "",
                level.getSecondPerson() ? " (two people)" : ""));
  }

  private static SwitchServiceBlockingStub stub(OperatorChannel operator) {
    return SwitchServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }
}
