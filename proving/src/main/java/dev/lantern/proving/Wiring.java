package dev.lantern.proving;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Rain;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Puts the instruments together with the machine's clocks and randomness.
public final class Wiring {
  private Wiring() {}

  public static Rain rain(StackAccess stack, Progress progress) {
    return new Rain(stack, progress, InstantSource.system(), System::nanoTime, new SecureRandom());
  }
}
