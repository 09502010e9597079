package dev.lantern.cli.command;

import dev.lantern.order.v1.ListFindingsRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lantern reconcile findings`.
@Command(
    name = "findings",
    description = "List what differs, newest first.",
    mixinStandardHelpOptions = true)
final class ListFindingsCommand implements Callable<Integer> {
  private static final int PAGE = 100;

  private final Place place;
  @Mixin private FindingChoice which = new FindingChoice();

  @Option(names = "--limit", defaultValue = "100", paramLabel = "N")
  private int limit;

  @Option(names = "--json")
  private boolean json;

  ListFindingsCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      String token = "";
      int shown = 0;
      do {
        var page =
            Findings.stub(operator)
                .listFindings(
                    ListFindingsRequest.newBuilder()
                        .setFilter(which.filter())
                        .setPageSize(Math.min(PAGE, limit - shown))
                        .setPageToken(token)
                        .build());
        if (json) {
          place.out().println(Printed.json(page));
        } else {
          page.getFindingsList().forEach(finding -> Findings.print(place, finding));
        }
        shown += page.getFindingsCount();
        token = page.getNextPageToken();
      } while (!token.isEmpty() && shown < limit);
      if (shown == 0 && !json) {
        place.out().println("Nothing.");
      }
      return ExitCode.OK;
    }
  }
}
