package dev.lantern.proving;

import dev.lantern.cli.stack.Stack;
import dev.lantern.proving.chaos.Chaos;
import dev.lantern.proving.chaos.Detours;
import dev.lantern.proving.json.Corpus;
import dev.lantern.proving.json.JsonPlace;
import dev.lantern.proving.laws.Reconcile;
import dev.lantern.proving.laws.SelfTest;
import dev.lantern.proving.measure.AcceptBenchmark;
import dev.lantern.proving.measure.BenchName;
import dev.lantern.proving.measure.BenchSize;
import dev.lantern.proving.measure.Benchmark;
import dev.lantern.proving.measure.BudgetBenchmark;
import dev.lantern.proving.measure.CounterBenchmark;
import dev.lantern.proving.measure.EdgeBenchmark;
import dev.lantern.proving.measure.GrowthBenchmark;
import dev.lantern.proving.measure.LimitBenchmark;
import dev.lantern.proving.measure.LimitProof;
import dev.lantern.proving.measure.SettleBenchmark;
import dev.lantern.proving.measure.SignBenchmark;
import dev.lantern.proving.measure.TokenAttacks;
import dev.lantern.proving.measure.VerifyBenchmark;
import dev.lantern.proving.place.HomeStack;
import dev.lantern.proving.place.SkewedApis;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.present.LossDrill;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Rain;
import dev.lantern.proving.rain.StagesRain;
import dev.lantern.proving.rain.Waits;
import dev.lantern.proving.stress.StressLane;
import dev.lantern.proving.stress.Trial;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Puts the instruments together with the machine's clocks and randomness.
public final class Wiring {
  private Wiring() {}

  /// The stack that runs at a home.
  public static StackAccess stack(Stack stack) {
    return new HomeStack(stack, new SecureRandom());
  }

  public static Rain rain(StackAccess stack, Progress progress) {
    return new Rain(stack, progress, InstantSource.system(), System::nanoTime, new SecureRandom());
  }

  /// A rain over three stages, with the clocks of the instances that accept so far ahead.
  public static StagesRain stagesRain(StackAccess stack, Progress progress, List<Duration> clocks) {
    return new StagesRain(stack, rain(stack, progress), clocks);
  }

  /// Puts wrong clocks in the place of a stack's order-center api processes, until closed.
  public static SkewedApis skewed(Stack stack, Path checkout, List<Duration> clocks) {
    return SkewedApis.start(stack, new HomeStack(stack, new SecureRandom()), checkout, clocks);
  }

  public static Trial trial(StackAccess stack, Progress progress) {
    return new Trial(stack, progress, waits(), new SecureRandom());
  }

  public static StressLane stressLane(StackAccess stack, Progress progress) {
    return new StressLane(stack, progress, waits(), new SecureRandom());
  }

  public static LossDrill lossDrill(StackAccess stack, Progress progress) {
    return new LossDrill(stack, progress, waits(), new SecureRandom());
  }

  private static Waits waits() {
    long begin = System.nanoTime();
    return new Waits(InstantSource.system(), () -> System.nanoTime() - begin);
  }

  public static Reconcile reconcile(StackAccess stack) {
    return new Reconcile(stack, InstantSource.system());
  }

  public static SelfTest selfTest(StackAccess stack) {
    return new SelfTest(stack);
  }

  /// Presents tokens that nobody signed to the verifier; needs no stack.
  public static TokenAttacks.Report tokenAttack(long mutants, long seed) {
    return TokenAttacks.run(mutants, seed, new SecureRandom());
  }

  /// Limiters of our own beside a running stack's.
  public static LimitProof limitProof(StackAccess stack, Progress progress) {
    return new LimitProof(stack, progress, System::nanoTime);
  }

  /// The corpus of JSON requests; its certificates, logs and configuration go to the folder.
  public static Corpus corpus(Path folder) {
    return new Corpus(machine(), folder);
  }

  /// What comparisons with another gateway take from this machine.
  private static JsonPlace.Machine machine() {
    Path checkout = Path.of(System.getProperty("lantern.checkout", ".."));
    return new JsonPlace.Machine(
        checkout.toAbsolutePath().normalize(),
        System.getenv(),
        new SecureRandom(),
        InstantSource.system());
  }

  public static Chaos chaos(StackAccess stack, Progress progress) {
    return chaos(stack, Optional.empty(), progress);
  }

  /// Over a stack whose ways lead through these detours.
  public static Chaos chaos(StackAccess stack, Detours detours, Progress progress) {
    return chaos(stack, Optional.of(detours), progress);
  }

  private static Chaos chaos(StackAccess stack, Optional<Detours> detours, Progress progress) {
    long begin = System.nanoTime();
    var waits = new Waits(InstantSource.system(), () -> System.nanoTime() - begin);
    return new Chaos(stack, detours, progress, waits, to -> rain(stack, to));
  }

  public static Benchmark benchmark(
      BenchName name, StackAccess stack, Progress progress, BenchSize size) {
    long begin = System.nanoTime();
    var waits = new Waits(InstantSource.system(), () -> System.nanoTime() - begin);
    return switch (name) {
      case ACCEPT -> new AcceptBenchmark(stack, progress, waits, size);
      case SETTLE -> new SettleBenchmark(stack, progress, waits, size);
      case BUDGET ->
          new BudgetBenchmark(stack, progress, waits, new SecureRandom()::nextLong, size);
      case SIGN -> new SignBenchmark(stack, progress, waits, new SecureRandom(), size);
      case VERIFY -> new VerifyBenchmark(stack, progress, new SecureRandom(), size);
      case COUNTER -> new CounterBenchmark(stack, progress, waits, size);
      case LIMIT -> new LimitBenchmark(stack, progress, waits, size, System.getenv());
      case EDGE -> new EdgeBenchmark(stack, progress, machine(), size);
      case GROWTH ->
          new GrowthBenchmark(stack, progress, waits, new SecureRandom()::nextLong, size);
    };
  }
}
