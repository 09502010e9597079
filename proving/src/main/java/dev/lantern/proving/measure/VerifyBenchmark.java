package dev.lantern.proving.measure;

import dev.lantern.bench.TokenWork;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/// Tokens verified whose roots are remembered, beside those with a signature each, and JWTs; and
/// through gRPC.
public final class VerifyBenchmark implements Benchmark {
  private static final double SINGLE_GOAL = 10;

  private final StackAccess stack;
  private final Progress progress;
  private final SecureRandom random;
  private final BenchSize size;

  public VerifyBenchmark(
      StackAccess stack, Progress progress, SecureRandom random, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.random = random;
    this.size = size;
  }

  @Override
  public List<Comparison> run() {
    var work = TokenWork.fresh(random, SignBenchmark.TREE);
    var figures = new TokenFigures("verify", work.engine(), size);
    Meter meter = Meter.of(stack, Map.of());
    List<Sample> trees = new ArrayList<>();
    List<Sample> singles = new ArrayList<>();
    List<Sample> jwts = new ArrayList<>();
    // Round 0 warms up.
    for (int i = 0; i <= size.rounds(); i++) {
      progress.phase("verify: in process, round %d of %d".formatted(i, size.rounds()));
      trees.add(window(meter, work::verifyInTree));
      singles.add(window(meter, work::verifyAlone));
      jwts.add(window(meter, work::verifyJwt));
    }
    List.of(trees, singles, jwts).forEach(List::removeFirst);
    String metric =
        "tokens verified a CPU second, roots remembered, trees of " + SignBenchmark.TREE;
    var all = new ArrayList<Comparison>();
    all.add(
        figures.perCpu(
            metric, trees, "tokens with a signature each", singles, Goal.atLeast(SINGLE_GOAL)));
    all.add(
        figures.perCpu(
            metric, trees, "a JWT each (JJWT, EdDSA by the JDK)", jwts, Goal.atLeast(SINGLE_GOAL)));
    all.addAll(new TokenCalls(stack, progress, size).verifying(meter, figures));
    return List.copyOf(all);
  }

  private Sample window(Meter meter, IntSupplier work) {
    return meter.measure(() -> TokenLoops.alone(size.window(), work));
  }
}
