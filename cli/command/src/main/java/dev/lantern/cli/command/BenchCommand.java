package dev.lantern.cli.command;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.measure.BenchName;
import dev.lantern.proving.measure.BenchReport;
import dev.lantern.proving.measure.BenchSize;
import dev.lantern.proving.measure.Comparison;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.ConsoleProgress;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern bench`.
@Command(
    name = "bench",
    description = {
      "Measure the running stack, each figure beside its limit or its peer in the same run.",
      "accept: order-center's CPU per IssueReward, unary and batched, beside an empty gRPC echo.",
      "settle: orders booked a second, with 0, 1 and 10 %% of the records twice, beside one"
          + " transaction an order and raw multi-row inserts.",
      "budget: store calls per 1,000 takes from leases, beside a Redis script a take; what is"
          + " stranded; the time to the last unit.",
      "sign, verify: tokens a CPU second in Merkle batches, beside single Ed25519 signatures and"
          + " JWTs; what the signed-root log adds; through gRPC.",
      "counter: the SDK's addition and read beside LongAdder and a volatile read; writes to Redis a"
          + " writer and second.",
      "limit: CPU a decision of the limiter, keys met once and one hot key, beside the Go"
          + " envoyproxy/ratelimit on the same Redis, which is built once and needs Go.",
      "edge: a gateway's CPU per JSON request, our edge beside the Go grpc-gateway (which is built"
          + " from the contracts; needs Go).",
      "growth: what accepting, booking and taking cost with 10 and 100 times the data, which is"
          + " loaded and taken away.",
      "Starts what does not run and stops it afterwards. Two to four minutes a benchmark, growth to"
          + " 100 times more. Measure on"
          + " a machine that does nothing else and a ledger that is new (`lantern up --wipe`).",
      "Exit code 0 when everything was measured, whether or not a goal is met (the table and"
          + " `met` say); 1 when a call ended badly."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  private final Place place;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description =
          "What to measure (settle, accept, budget, sign, verify, counter, limit, edge, growth); all if"
              + " left out.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures as JSON; `-` prints them instead of the table.")
  private @Nullable String json;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "How often each figure is taken, 1 to 5; the median counts (default 3).")
  private int rounds = BenchSize.USUAL.rounds();

  @Option(
      names = "--scale",
      paramLabel = "F",
      description = "Up to how many times the data growth is followed, 1, 10 or 100 (default 100).")
  private int scale = BenchSize.USUAL.scale();

  @Option(names = "--keep", description = "Leave the stack up.")
  private boolean keep;

  BenchCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    List<BenchName> wanted;
    BenchSize size;
    try {
      wanted = BenchName.of(names);
      size = BenchSize.USUAL.withRounds(rounds).withScale(scale);
      checkWritable();
    } catch (IllegalArgumentException e) {
      place.err().println("lantern bench: " + e.getMessage());
      return ExitCode.BAD_USE;
    }
    try (var borrowed = BorrowedStack.of(place, null, null)) {
      if (keep) {
        borrowed.keep();
      }
      BenchReport report = measure(wanted, Wiring.stack(borrowed.stack()), size);
      if (json != null && !json.equals(STANDARD_OUTPUT)) {
        report.write(Path.of(json));
      }
      place.out().println(STANDARD_OUTPUT.equals(json) ? report.json() : report.table());
      return report.sound() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private BenchReport measure(List<BenchName> wanted, StackAccess stack, BenchSize size) {
    var progress = new ConsoleProgress(System.err, place.terminal());
    var found = new ArrayList<Comparison>();
    for (BenchName name : wanted) {
      if (names.isEmpty() && name.needsGo() && !goIsThere()) {
        progress.note("  " + name.text() + " is left out: there is no Go to build its peer with");
      } else {
        found.addAll(Wiring.benchmark(name, stack, progress, size).run());
      }
    }
    return new BenchReport(found);
  }

  private boolean goIsThere() {
    String path = place.environment().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
  }

  /// Minutes of measuring are not thrown away for a folder that is not there.
  private void checkWritable() {
    if (json == null || json.equals(STANDARD_OUTPUT)) {
      return;
    }
    Path folder = Path.of(json).toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(Path.of(json))) {
      throw new IllegalArgumentException("--json " + json + " cannot be written");
    }
  }
}
