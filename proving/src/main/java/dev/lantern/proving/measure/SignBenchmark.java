package dev.lantern.proving.measure;

import dev.lantern.bench.LoggedSigning;
import dev.lantern.bench.TokenWork;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Tokens signed in process, beside single signatures and JWTs; with the signed-root log, and
/// without; through gRPC.
public final class SignBenchmark implements Benchmark {
  static final int TREE = 64;
  private static final int CALLERS = 64;
  private static final int A_CALL = 16;
  private static final double SINGLE_GOAL = 10;
  private static final double JWT_GOAL = 50;
  private static final double WISH = 500_000;
  private static final double P99_MILLIS = 5;
  private static final double MOST_BYTES = 6;

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final SecureRandom random;
  private final BenchSize size;

  public SignBenchmark(
      StackAccess stack, Progress progress, Waits waits, SecureRandom random, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.random = random;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    var work = TokenWork.fresh(random, TREE);
    var figures = new TokenFigures("sign", work.engine(), size);
    Meter meter = Meter.of(stack, Map.of());
    var all = new ArrayList<Comparison>(inProcess(meter, work, figures));
    all.addAll(logged(meter, figures));
    all.addAll(new TokenCalls(stack, progress, size).signing(meter, figures));
    return List.copyOf(all);
  }

  private List<Comparison> inProcess(Meter meter, TokenWork work, TokenFigures figures) {
    List<Sample> trees = new ArrayList<>();
    List<Sample> singles = new ArrayList<>();
    List<Sample> jwts = new ArrayList<>();
    // Round 0 warms up.
    for (int i = 0; i <= size.rounds(); i++) {
      progress.phase("sign: in process, round %d of %d".formatted(i, size.rounds()));
      trees.add(window(meter, work::signTree));
      singles.add(window(meter, work::signSingly));
      jwts.add(window(meter, work::signJwt));
    }
    List.of(trees, singles, jwts).forEach(List::removeFirst);
    return List.of(
        figures.perCpu(
            "tokens signed a CPU second, trees of " + TREE,
            trees,
            "one Ed25519 signature each by the same provider",
            singles,
            Goal.atLeast(SINGLE_GOAL)),
        figures.perCpu(
            "tokens signed a CPU second, trees of " + TREE,
            trees,
            "a JWT each (JJWT, EdDSA by the JDK)",
            jwts,
            Goal.atLeast(JWT_GOAL)),
        figures.wished(
            "tokens signed a CPU second, trees of " + TREE,
            trees,
            TokenFigures.eachCpuSecond(trees),
            WISH,
            Goal.atLeast(1)),
        figures.plain(
            "bytes of a proof, trees of " + TREE,
            work.proofBytes(),
            "a plain signature's",
            work.plainProofBytes(),
            Goal.atMost(MOST_BYTES),
            0,
            "what a token has beside payload and key id"));
  }

  private List<Comparison> logged(Meter meter, TokenFigures figures) {
    Path config = stack.home().resolve("conf").resolve("token-service.yaml");
    List<Comparison> found = new ArrayList<>();
    try (var signing = LoggedSigning.logged(config, A_CALL, random, waits.wall())) {
      found.add(
          latency(
              meter, figures, signing, "with the signed-root log's commit in the stack's MariaDB"));
    }
    try (var signing = LoggedSigning.unlogged(config, A_CALL, random, waits.wall())) {
      found.add(latency(meter, figures, signing, "without a log"));
    }
    return found;
  }

  private Comparison latency(Meter meter, TokenFigures figures, LoggedSigning signing, String how) {
    progress.phase("sign: " + how);
    Supplier<Sample> fast =
        () -> meter.measure(() -> TokenLoops.closed(signing, CALLERS, A_CALL, size.window()));
    var _ = fast.get();
    double most = fast.get().perSecond() / A_CALL;
    List<Double> p99 = new ArrayList<>();
    double late = 0;
    long errors = 0;
    long calls = 0;
    for (int i = 0; i < size.rounds(); i++) {
      TokenLoops.Open open = TokenLoops.open(signing, most / 2, size.window());
      p99.add(open.p99Millis());
      late = Math.max(late, open.lateMillis());
      errors += open.errors();
      calls += open.calls();
    }
    double median = p99.stream().sorted().toList().get(p99.size() / 2);
    return figures.plain(
        "ms that signing adds at half load, p99, " + how,
        median,
        "what is wished for",
        P99_MILLIS,
        Goal.atMost(1),
        errors,
        String.format(
            Locale.ROOT,
            "gathering of 2 ms included; calls of %d payloads at intended times, %,.0f tokens a"
                + " second, half of what %d callers got; %,d calls, begun up to %.1f ms late at p99",
            A_CALL,
            most / 2 * A_CALL,
            CALLERS,
            calls,
            late));
  }

  private Sample window(Meter meter, IntSupplier work) {
    return meter.measure(() -> TokenLoops.alone(size.window(), work));
  }
}
