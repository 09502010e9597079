package dev.lantern.proving.measure;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.proving.json.JsonLoad;
import dev.lantern.proving.json.JsonPlace;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a JSON request costs a gateway: Envoy's processor time beside that of a Go grpc-gateway
/// made from the same contracts, before the same services.
///
/// Ours is the edge as the stack runs it, with the policies a stack begins with: it also verifies
/// the session, limits, bounds the body and writes its access log. Theirs transcodes and does
/// nothing else.
public final class EdgeBenchmark implements Benchmark {
  private static final String NAME = "edge";
  private static final String OURS = "envoy";
  private static final String THEIRS = "grpc-gateway";
  private static final List<Integer> IN_FLIGHT = List.of(8, 32, 128);
  private static final double GOAL = 1;

  private final StackAccess stack;
  private final Progress progress;
  private final JsonPlace.Machine machine;
  private final BenchSize size;

  public EdgeBenchmark(
      StackAccess stack, Progress progress, JsonPlace.Machine machine, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.machine = machine;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    progress.phase("edge: building the gateway, starting both");
    Path folder = stack.home().resolve("bench").resolve(NAME);
    try {
      Path binary = machine.gateway();
      try {
        return measured(binary, Files.createDirectories(folder));
      } finally {
        // An access log of a few hundred megabytes.
        ArtifactCache.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the two gateways cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private List<Comparison> measured(Path binary, Path folder)
      throws IOException, InterruptedException {
    try (var place = JsonPlace.open(machine, folder, JsonPlace.seeds(machine.checkout()));
        var gateway = place.gateway(binary);
        var load = JsonLoad.of(place)) {
      Meter meter = Meter.of(stack, Map.of(OURS, place.edge().pid(), THEIRS, gateway.pid()));
      var found = new ArrayList<Comparison>();
      for (JsonLoad.Call call : JsonLoad.Call.values()) {
        load.script(call);
        int ours = place.edge().port();
        int theirs = gateway.port();
        found.add(
            measure(
                call,
                new Side(OURS, ending -> load.send(call, ours, told(ending))),
                new Side(THEIRS, ending -> load.send(call, theirs, told(ending))),
                meter));
      }
      return List.copyOf(found);
    }
  }

  private static JsonLoad.Ended told(Load.Ending ending) {
    return (well, how) -> ending.ended(well ? Load.Outcome.good(1) : Load.Outcome.bad(1, how));
  }

  private Comparison measure(JsonLoad.Call call, Side ours, Side theirs, Meter meter) {
    progress.phase("edge: " + call.words() + ": warming up");
    var mine = new Tried(ours, best(meter, ours));
    var peer = new Tried(theirs, best(meter, theirs));
    for (int i = 1; i <= size.rounds(); i++) {
      progress.phase("edge: %s: round %d of %d".formatted(call.words(), i, size.rounds()));
      mine.samples().add(sample(meter, ours, mine.inFlight()));
      peer.samples().add(sample(meter, theirs, peer.inFlight()));
    }
    return new Comparison(
        NAME,
        "a gateway's CPU us per JSON request, " + call.words(),
        mine.each(),
        "the Go grpc-gateway's",
        peer.each(),
        Goal.atMost(GOAL),
        size.rounds(),
        Sample.errors(mine.samples()) + Sample.errors(peer.samples()),
        conditions(mine, peer),
        Sample.median(mine.samples(), Sample::perSecond),
        Sample.median(peer.samples(), Sample::perSecond),
        Sample.cpuEachByProcess(mine.samples()),
        Sample.cpuEachByProcess(peer.samples()));
  }

  /// The concurrency at which a request is cheapest; each is tried for half a window, after as long
  /// to warm up.
  private int best(Meter meter, Side side) {
    int best = IN_FLIGHT.getFirst();
    double least = Double.MAX_VALUE;
    for (int inFlight : IN_FLIGHT) {
      var _ = sample(meter, side, inFlight);
      double each = sample(meter, side, inFlight).cpuEach(List.of(side.process()));
      if (each < least) {
        least = each;
        best = inFlight;
      }
    }
    return best;
  }

  private Sample sample(Meter meter, Side side, int inFlight) {
    Sample sample =
        meter.measure(() -> {
          long end = System.nanoTime() + size.window().toNanos();
          Load.Result result = Load.run(inFlight, Load.until(end), side.caller());
          return new Meter.Done(result.good(), result.bad());
        });
    progress.note(
        String.format(
            Locale.ROOT,
            "  %-14s %4d in flight %,9.0f /s %8.1f us CPU each, %d errors",
            side.process(),
            inFlight,
            sample.perSecond(),
            sample.cpuEach(List.of(side.process())),
            sample.errors()));
    return sample;
  }

  private String conditions(Tried ours, Tried theirs) {
    return String.format(
        Locale.ROOT,
        "HTTP/1.1 with keep-alive, %d in flight to ours, %d to theirs, each at its cheapest of"
            + " three; Envoy with one worker, the policies a stack begins with, sessions verified,"
            + " an access log to a file; grpc-gateway v2 with its defaults and GOMAXPROCS of the"
            + " machine; both over mutual TLS to the same services, which answer at once, in the"
            + " measuring process; all on the same %d cores, %.1f s a round, sides interleaved,"
            + " medians",
        ours.inFlight(),
        theirs.inFlight(),
        Runtime.getRuntime().availableProcessors(),
        size.window().toMillis() / 1e3);
  }

  private record Side(String process, Load.Caller caller) {}

  private record Tried(Side side, int inFlight, List<Sample> samples) {
    Tried(Side side, int inFlight) {
      this(side, inFlight, new ArrayList<>());
    }

    double each() {
      return Sample.median(samples, it -> it.cpuEach(List.of(side.process())));
    }
  }
}
