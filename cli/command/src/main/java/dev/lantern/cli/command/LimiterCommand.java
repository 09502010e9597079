package dev.lantern.cli.command;

import dev.lantern.mesh.v1.LimitServiceGrpc;
import dev.lantern.mesh.v1.Limiter;
import dev.lantern.mesh.v1.ListLimitersRequest;
import dev.lantern.mesh.v1.ListLimitersResponse;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern limiter`.
@Command(
    name = "limiter",
    description = "Who decides limits call by call, and by which rules.",
    subcommands = LimiterProveCommand.class,
    mixinStandardHelpOptions = true)
final class LimiterCommand {
  private static final long DEADLINE_S = 10;

  private final Place place;

  LimiterCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "list",
      description = {
        "Show each limiter, whether it is in touch, and the revision that it runs.",
        "Exit code 1 when one that is in touch does not run the newest."
      },
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response =
          LimitServiceGrpc.newBlockingStub(operator.channel())
              .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
              .listLimiters(ListLimitersRequest.getDefaultInstance());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        print(response);
      }
      boolean behind =
          response.getLimitersList().stream()
              .anyMatch(one -> one.getConnected() && !current(one, response));
      return behind ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  private void print(ListLimitersResponse response) {
    place.out().printf("revision %d%n", response.getRevision());
    for (Limiter one : response.getLimitersList()) {
      place
          .out()
          .printf(
              "  %-16s %-13s runs %d%s%n",
              one.getName(),
              one.getConnected() ? "connected" : "NOT CONNECTED",
              one.getRevision(),
              current(one, response) ? "" : ", BEHIND");
      if (!one.getError().isEmpty()) {
        place.out().printf("    refused  %s%n", one.getError());
      }
    }
  }

  private static boolean current(Limiter one, ListLimitersResponse all) {
    return one.getRevision() == all.getRevision() && one.getError().isEmpty();
  }
}
