package dev.lantern.proving;

import dev.lantern.cli.stack.Stack;
import dev.lantern.proving.chaos.Chaos;
import dev.lantern.proving.laws.Reconcile;
import dev.lantern.proving.laws.SelfTest;
import dev.lantern.proving.measure.AcceptBenchmark;
import dev.lantern.proving.measure.BenchName;
import dev.lantern.proving.measure.BenchSize;
import dev.lantern.proving.measure.Benchmark;
import dev.lantern.proving.measure.SettleBenchmark;
import dev.lantern.proving.place.HomeStack;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Rain;
import dev.lantern.proving.rain.Waits;
import java.security.SecureRandom;
import java.time.InstantSource;

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

  public static Reconcile reconcile(StackAccess stack) {
    return new Reconcile(stack, InstantSource.system());
  }

  public static SelfTest selfTest(StackAccess stack) {
    return new SelfTest(stack);
  }

  public static Chaos chaos(StackAccess stack, Progress progress) {
    long begin = System.nanoTime();
    var waits = new Waits(InstantSource.system(), () -> System.nanoTime() - begin);
    return new Chaos(stack, progress, waits, to -> rain(stack, to));
  }

  public static Benchmark benchmark(
      BenchName name, StackAccess stack, Progress progress, BenchSize size) {
    long begin = System.nanoTime();
    var waits = new Waits(InstantSource.system(), () -> System.nanoTime() - begin);
    return switch (name) {
      case ACCEPT -> new AcceptBenchmark(stack, progress, waits, size);
      case SETTLE -> new SettleBenchmark(stack, progress, waits, size);
    };
  }
}
