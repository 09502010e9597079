package dev.lantern.cli.command;

import dev.lantern.mesh.v1.AuditEvent;
import dev.lantern.mesh.v1.ListAuditRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern policy audit`.
@Command(
    name = "audit",
    description =
        "Who did what to policy, switches and levels, and what was refused; newest first.",
    mixinStandardHelpOptions = true)
final class PolicyAuditCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--action",
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "Those alone that begin so: policy., switch., level.")
  private String action = "";

  @Option(names = "--page-token", defaultValue = "", paramLabel = "TOKEN")
  private String pageToken = "";

  @Option(names = "--json")
  private boolean json;

  PolicyAuditCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    var request =
        ListAuditRequest.newBuilder()
            .setPageSize(100)
            .setPageToken(pageToken)
            .setActionPrefix(action)
            .build();
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var page = PolicyCommand.reads(operator).listAudit(request);
      if (json) {
        place.out().println(Printed.json(page));
      } else {
        page.getEventsList().forEach(this::print);
        if (!page.getNextPageToken().isEmpty()) {
          place.out().println("more: --page-token " + page.getNextPageToken());
        }
      }
      return ExitCode.OK;
    }
  }

  private void print(AuditEvent event) {
    place
        .out()
        .printf(
            "%6d  %-20s  %-16s  %-20s  %s (%s)  %s%s%s%n",
            event.getEventId(),
            Printed.time(event.getEventTime()),
            event.getAction(),
            event.getSubject(),
            event.getAuthor(),
            event.getCaller(),
            event.getOutcome(),
            event.getReason().isEmpty() ? "" : ": " + event.getReason(),
            event.getDetail().isEmpty() ? "" : " [" + event.getDetail() + "]");
  }
}
