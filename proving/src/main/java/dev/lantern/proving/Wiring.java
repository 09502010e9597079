package dev.lantern.proving;

import dev.lantern.cli.stack.Stack;
import dev.lantern.proving.chaos.Chaos;
import dev.lantern.proving.laws.Reconcile;
import dev.lantern.proving.laws.SelfTest;
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
}
