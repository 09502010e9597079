package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

  /// A window under this share of the cheapest before it: the compiler is not done.
  private static final double STILL_WARMING = 0.93;

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
      var accept = new Side("IssueReward", API, SINGLES, round::issue);
      var empty = new Side("empty echo", ECHO, ECHOES, echo::call);
      var batch =
          new Side("order of a batch of " + BenchRound.BATCH, API, BATCHES, round::issueBatch);
      return measure(meter, accept, empty, batch);
    }
  }

  private List<Comparison> measure(Meter meter, Side accept, Side empty, Side batch) {
    List<Side> sides = List.of(accept, empty, batch);
    progress.phase("accept: warming up, then each side's best concurrency");
    sides.forEach(side -> warmUp(meter, side));
    var accepts = new Measured(accept, best(meter, accept));
    var empties = new Measured(empty, best(meter, empty));
    var batches = new Measured(batch, best(meter, batch));
    for (int i = 1; i <= size.rounds(); i++) {
      progress.phase("accept: round %d of %d".formatted(i, size.rounds()));
      for (Measured side : List.of(accepts, empties, batches)) {
        side.samples().add(run(meter, side.side(), side.inFlight(), size.window()));
      }
    }
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

  /// Until two windows in succession were no cheaper than those before, or its time is over.
  private void warmUp(Meter meter, Side side) {
    int inFlight = side.inFlight().get(side.inFlight().size() / 2);
    long end = System.nanoTime() + size.warmUp().toNanos();
    double least = Double.MAX_VALUE;
    int noCheaper = 0;
    while (noCheaper < 2 && System.nanoTime() - end < 0) {
      double each = run(meter, side, inFlight, size.window()).cpuEach(List.of(side.process()));
      noCheaper = each < STILL_WARMING * least ? 0 : noCheaper + 1;
      least = Math.min(least, each);
    }
  }

  private int best(Meter meter, Side side) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int inFlight : side.inFlight()) {
      Sample sample = run(meter, side, inFlight, size.window().dividedBy(2));
      double each = sample.cpuEach(List.of(side.process()));
      if (sample.units() > 0 && each < least) {
        least = each;
        best = inFlight;
      }
    }
    if (best == 0) {
      throw new IllegalStateException("no call of " + side.name() + " ended well");
    }
    return best;
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
            + " %d cores; warmed up until it gets no cheaper (%d s a side at most), %.1f s a round, sides interleaved, medians",
        API,
        ours.inFlight(),
        other.inFlight(),
        Runtime.getRuntime().availableProcessors(),
        size.warmUp().toSeconds(),
        size.window().toMillis() / 1e3);
  }

  /// What is called, in which process, and the concurrencies to try.
  record Side(String name, String process, List<Integer> inFlight, Load.Caller caller) {}

  private record Measured(Side side, int inFlight, List<Sample> samples) {
    Measured(Side side, int inFlight) {
      this(side, inFlight, new ArrayList<>());
    }

    double each() {
      return Sample.median(samples, it -> it.cpuEach(List.of(side.process())));
    }
  }

  private Sample run(Meter meter, Side side, int inFlight, Duration length) {
    var reasons = new TreeMap<String, Long>();
    Sample sample =
        meter.measure(() -> {
          long end = System.nanoTime() + length.toNanos();
          Load.Result result = Load.run(inFlight, Load.until(end), side.caller());
          reasons.putAll(result.reasons());
          return new Meter.Done(result.good(), result.bad());
        });
    progress.note(
        String.format(
            Locale.ROOT,
            "  %-24s %4d in flight %,9.0f /s %8.1f us CPU each%s",
            side.name(),
            inFlight,
            sample.perSecond(),
            sample.cpuEach(List.of(side.process())),
            reasons.isEmpty() ? "" : "  errors " + reasons));
    return sample;
  }
}
