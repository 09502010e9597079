package dev.lantern.cli.command;

import dev.lantern.order.v1.GetReportRequest;
import dev.lantern.order.v1.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `lantern reconcile report`.
@Command(
    name = "report",
    description = "Write the findings as a CSV file or an HTML page.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Place place;
  @Mixin private FindingChoice which = new FindingChoice();

  @Parameters(paramLabel = "FILE", description = "Ending in .csv or .html.")
  private Path file = Path.of("");

  ReportCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    boolean html = file.toString().endsWith(".html");
    if (!html && !file.toString().endsWith(".csv")) {
      throw new BadDocument(file + " ends neither in .csv nor in .html", null);
    }
    try (var operator = OperatorChannel.toOrderCenter(place);
        var out = Files.newOutputStream(file)) {
      var pieces =
          Findings.stub(operator)
              .getReport(
                  GetReportRequest.newBuilder()
                      .setFilter(which.filter())
                      .setFormat(
                          html ? ReportFormat.REPORT_FORMAT_HTML : ReportFormat.REPORT_FORMAT_CSV)
                      .build());
      while (pieces.hasNext()) {
        pieces.next().getPiece().writeTo(out);
      }
    } catch (IOException e) {
      throw new BadDocument(file + " cannot be written", e);
    }
    place.out().println("Written to " + file + ".");
    return ExitCode.OK;
  }
}
