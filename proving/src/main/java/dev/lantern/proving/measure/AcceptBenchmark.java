package dev.lantern.proving.measure;

import dev.lantern.proving.measure.SideRuns.Measured;
import dev.lantern.proving.measure.SideRuns.Side;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What an acceptance costs: the processor time of order-center's api process for each IssueReward,
/// signature, durable append and token included, beside the time of a process like it for an empty
/// call; and for each order of a batch.
///
/// The process's whole time counts, its own duties and the collector included. Each side is
/// measured at the concurrency at which its calls are cheapest.
public final class AcceptBenchmark implements Benchmark {
  private static final String NAME = "accept";
  private static final String API = "order-api-1";
  private static final String ECHO = "echo";
  private static final List<Integer> SINGLES = List.of(128, 448, 900);
  private static final List<Integer> ECHOES = List.of(32, 128, 448);
  private static final List<Integer> BATCHES = List.of(1, 2, 4);
  private static final double UNARY_GOAL = 4;
  private static final double BATCH_GOAL = 1;

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final BenchSize size;

  public AcceptBenchmark(StackAccess stack, Progress progress, Waits waits, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    long api =
        stack
            .pid(API)
            .orElseThrow(() -> new IllegalStateException("no " + API + " runs to be measured"));
    progress.phase("accept: opening a round, starting an echo server");
    try (var round = BenchRound.open(stack, NAME, waits);
        var echo = EchoProcess.start(api, stack.operator(), stack.home().resolve("logs"))) {
      Meter meter = Meter.of(stack, Map.of(ECHO, echo.pid()));
      var accept = new Side("IssueReward", List.of(API), SINGLES, round::issue);
      var empty = new Side("empty echo", List.of(ECHO), ECHOES, echo::call);
      var batch =
          new Side(
              "order of a batch of " + BenchRound.BATCH, List.of(API), BATCHES, round::issueBatch);
      return measure(meter, accept, empty, batch);
    }
  }

  private List<Comparison> measure(Meter meter, Side accept, Side empty, Side batch) {
    List<Measured> sides =
        new SideRuns(meter, progress, size).measure(NAME, List.of(accept, empty, batch));
    Measured accepts = sides.get(0);
    Measured empties = sides.get(1);
    Measured batches = sides.get(2);
    return List.of(
        compare(
            "order-center's CPU us per IssueReward, unary, token and durable append included",
            accepts,
            empties,
            Goal.atMost(UNARY_GOAL)),
        compare(
            "order-center's CPU us per order of BatchIssueRewards, " + BenchRound.BATCH + " a call",
            batches,
            empties,
            Goal.atMost(BATCH_GOAL)));
  }

  private Comparison compare(String metric, Measured ours, Measured other, Goal goal) {
    return new Comparison(
        NAME,
        metric,
        ours.each(),
        "an empty gRPC echo's",
        other.each(),
        goal,
        size.rounds(),
        Sample.errors(ours.samples()) + Sample.errors(other.samples()),
        conditions(ours, other),
        Sample.median(ours.samples(), Sample::perSecond),
        Sample.median(other.samples(), Sample::perSecond),
        Sample.cpuEachByProcess(ours.samples()),
        Sample.cpuEachByProcess(other.samples()));
  }

  private String conditions(Measured ours, Measured other) {
    return String.format(
        Locale.ROOT,
        "the stack's own %s over mutual TLS, %d calls in flight; beside it the same ServiceHost,"
            + " interceptors, certificates and JVM flags in a process of its own with one method"
            + " that returns its empty message, %d in flight; each side's cheapest concurrency of"
            + " three; all of a process's CPU counts; clients, engines and settlement on the same"
            + " %d cores; warmed up until it gets no cheaper (%d s a side at most), %.1f s a round,"
            + " sides interleaved, medians",
        API,
        ours.inFlight(),
        other.inFlight(),
        Runtime.getRuntime().availableProcessors(),
        size.warmUp().toSeconds(),
        size.window().toMillis() / 1e3);
  }
}
