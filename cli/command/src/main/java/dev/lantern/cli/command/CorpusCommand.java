package dev.lantern.cli.command;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.json.CorpusReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern corpus`.
@Command(
    name = "corpus",
    description = {
      "Play hundreds of JSON requests, good and bad, to our edge and to a grpc-gateway generated"
          + " from the same contracts, and compare what both answer and what a service is asked.",
      "The gateway is built once and kept; it needs Go. Nothing of a running stack is used. The"
          + " differences there may be are in docs/json.md.",
      "Exit code 0 when all is the same or differs as listed, 1 when it does not."
    },
    mixinStandardHelpOptions = true)
final class CorpusCommand implements Callable<Integer> {
  private final Place place;

  @Option(
      names = "--recorded",
      description = "Play to our edge alone, beside what is recorded of the gateway; needs no Go.")
  private boolean recorded;

  @Option(
      names = "--record",
      description = "Keep what the gateway answered, in the checkout: after a change of contracts.")
  private boolean record;

  @Option(names = "--keep", description = "Keep the folder with logs and all that was answered.")
  private boolean keep;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  CorpusCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (recorded && record) {
      place.err().println("lantern corpus: --record plays to both, --recorded to one");
      return ExitCode.BAD_USE;
    }
    QuietLog.hush();
    try (var scratch = ScratchHome.under(place.homePath(), "corpus")) {
      if (keep) {
        scratch.keep();
        place.err().println("  in " + scratch.path());
      }
      var corpus = Wiring.corpus(scratch.path());
      CorpusReport report = recorded ? corpus.beside() : corpus.both(record);
      place.out().println(json ? report.json() : report.text());
      return report.sound() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
