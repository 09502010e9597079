package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Told;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// When a well-behaved client tries again: when it was told to, a little later than told, so that
/// those refused together do not return together; after a lost answer by growing steps; and never
/// when it was told that a retry is useless.
final class Patience {
  static final int MAX_ATTEMPTS = 40;
  private static final long FIRST_STEP_MS = 200;
  private static final long LONGEST_STEP_MS = 2_000;

  private Patience() {}

  /// Milliseconds to wait before attempt number `attempt` (1 = the first retry); empty: give up.
  static OptionalLong beforeAttempt(int attempt, Told told, RandomGenerator random) {
    if (attempt >= MAX_ATTEMPTS) {
      return OptionalLong.empty();
    }
    return switch (told) {
      case Told.Refused refused -> afterRefusal(refused, attempt, random);
      case Told.Lost _ -> OptionalLong.of(step(attempt, random));
      case Told.Accepted _,
          Told.SessionOpened _,
          Told.WalletShown _,
          Told.FlowsShown _,
          Told.OrderShown _,
          Told.CounterShown _ ->
          OptionalLong.empty();
    };
  }

  private static OptionalLong afterRefusal(
      Told.Refused refused, int attempt, RandomGenerator random) {
    Long pushback = refused.pushbackMs();
    if (pushback != null && pushback < 0) {
      return OptionalLong.empty();
    }
    Long told = refused.retryMs() != null ? refused.retryMs() : pushback;
    if (told == null && refused.retryAfterS() != null) {
      told = refused.retryAfterS() * 1_000;
    }
    if (told == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(told + random.nextLong(Math.max(100, step(attempt, random) / 2)));
  }

  private static long step(int attempt, RandomGenerator random) {
    long most = Math.min(LONGEST_STEP_MS, FIRST_STEP_MS << Math.min(attempt, 6));
    return most / 2 + random.nextLong(most / 2);
  }
}
