package dev.lantern.proving.measure;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import dev.lantern.proving.measure.SideRuns.Measured;
import dev.lantern.proving.measure.SideRuns.Side;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a decision of the limiter costs, of keys that are met once and of one that everybody needs,
/// beside the Go service that Envoy's users run, on the same Redis.
///
/// A decision's cost is the processor time of the service and of Redis together: what one saves
/// must not be the other's to pay. Each is told apart in the report.
public final class LimitBenchmark implements Benchmark {
  private static final String NAME = "limit";
  private static final String PART = "ratelimit";
  private static final String OURS = "bench-ratelimit";
  private static final String GO = "go-ratelimit";
  private static final String WIDE = "go-ratelimit-wide";
  private static final String REDIS = "redis-b";
  private static final List<Integer> IN_FLIGHT = List.of(32, 128, 448);
  private static final int OF_GO = 10;
  private static final int OF_WIDE = 20;

  /// What it has unless told otherwise, and one that never makes a call wait for a connection.
  private static final int USUAL_POOL = 10;

  private static final int WIDE_POOL = 64;
  private static final double COLD_GOAL = 1;
  private static final double HOT_GOAL = 0.2;
  private static final long USERS_OF_A_SIDE = 1L << 40;
  private static final int NEVER_REACHED = 100_000_000;
  private static final WatchLimitsResponse RULES =
      LimiterRules.of(
          LimiterRules.leased(LimitCalls.HOT, NEVER_REACHED, 100, 50),
          LimiterRules.ofUsers(LimitCalls.COLD, NEVER_REACHED, 1_000));

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final BenchSize size;
  private final Map<String, String> environment;

  /// @param environment says where Go and the cache are
  public LimitBenchmark(
      StackAccess stack,
      Progress progress,
      Waits waits,
      BenchSize size,
      Map<String, String> environment) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.size = size;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Comparison> run() {
    long like =
        stack
            .pid(PART)
            .orElseThrow(() -> new IllegalStateException("no " + PART + " runs to be measured"));
    progress.phase("limit: building the Go service, if it is not yet");
    Path program = GoRateLimit.program(ArtifactCache.ofUser(environment), environment);
    Path folder = folder();
    int ports = FreePorts.base();
    progress.phase("limit: starting the services");
    try (var ours = LimiterProcess.start(stack, like, folder, ports, RULES);
        var go = GoRateLimit.start(stack, program, folder, ports + OF_GO, USUAL_POOL);
        var wide = GoRateLimit.start(stack, program, folder, ports + OF_WIDE, WIDE_POOL);
        var toOurs = calls(ours.address(), 1);
        var toGo = calls(go.address(), 2);
        var toWide = calls(wide.address(), 3)) {
      toOurs.awaitServing(ours::isAlive, folder.toString());
      toGo.awaitServing(go::isAlive, folder.toString());
      toWide.awaitServing(wide::isAlive, folder.toString());
      Meter meter = Meter.of(stack, Map.of(OURS, ours.pid(), GO, go.pid(), WIDE, wide.pid()));
      var runs = new SideRuns(meter, progress, size);
      return List.of(
          compared(
              runs,
              "keys met once",
              COLD_GOAL,
              List.of(
                  side("ours, cold", OURS, toOurs::cold),
                  side("Go, cold", GO, toGo::cold),
                  side("Go wide, cold", WIDE, toWide::cold))),
          compared(
              runs,
              "one hot key",
              HOT_GOAL,
              List.of(
                  side("ours, hot", OURS, toOurs::hot),
                  side("Go, hot", GO, toGo::hot),
                  side("Go wide, hot", WIDE, toWide::hot))));
    }
  }

  private Comparison compared(SideRuns runs, String keys, double goal, List<Side> sides) {
    List<Measured> measured = runs.measure(NAME + ", " + keys, sides);
    Measured ours = measured.getFirst();
    Measured other =
        measured.stream().skip(1).min(Comparator.comparingDouble(Measured::each)).orElseThrow();
    return new Comparison(
        NAME,
        "CPU us a decision, service and Redis, " + keys,
        ours.each(),
        "the Go service's (" + other.side().name() + ")",
        other.each(),
        Goal.atMost(goal),
        size.rounds(),
        measured.stream().mapToLong(it -> Sample.errors(it.samples())).sum(),
        conditions(ours, other),
        Sample.median(ours.samples(), Sample::perSecond),
        Sample.median(other.samples(), Sample::perSecond),
        Sample.cpuEachByProcess(ours.samples()),
        Sample.cpuEachByProcess(other.samples()));
  }

  private String conditions(Measured ours, Measured other) {
    return String.format(
        Locale.ROOT,
        "one call a decision over two mTLS connections from a grpc-java client; ours by the stack's"
            + " own command line, %d in flight; envoyproxy/ratelimit %s with pools of 10 and of 64"
            + " connections, the cheaper counted, %d in flight; each side's cheapest"
            + " concurrency of three; the same Redis, limits that nothing reaches; client and"
            + " engines on the same %d cores; %.1f s a round after a warm-up, sides interleaved,"
            + " medians",
        ours.inFlight(),
        GoRateLimit.VERSION,
        other.inFlight(),
        Runtime.getRuntime().availableProcessors(),
        size.window().toMillis() / 1e3);
  }

  private static Side side(String name, String process, Load.Caller caller) {
    return new Side(name, List.of(process, REDIS), IN_FLIGHT, caller);
  }

  private LimitCalls calls(StackAccess.Address address, int side) {
    return new LimitCalls(
        address, stack.operator(), waits.wall().millis() + side * USERS_OF_A_SIDE);
  }

  private Path folder() {
    try {
      return Files.createDirectories(stack.home().resolve("bench").resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
