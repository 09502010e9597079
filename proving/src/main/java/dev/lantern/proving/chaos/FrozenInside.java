package dev.lantern.proving.chaos;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Freezes settle in the middle of a transaction: stops it, looks whether the server sees one of
/// its transactions open, and tries again until it does. Then the server must roll it back by
/// itself, or its locks would stop everybody.
final class FrozenInside {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int TRIES = 150;
  private static final Duration ROLLBACK_WITHIN = Duration.ofSeconds(8);

  private final StackAccess stack;
  private final Witness witness;
  private final Waits waits;

  FrozenInside(StackAccess stack, Witness witness, Waits waits) {
    this.stack = stack;
    this.witness = witness;
    this.waits = waits;
  }

  /// Returns, with the process frozen, the seconds until the server had freed its locks. Throws
  /// IllegalStateException if it was never caught, or they stayed.
  double freeze(long pid) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Signals.stop(pid);
      // What other processes have open ends by itself within this time.
      waits.sleep(Duration.ofMillis(60));
      Set<Long> open = OpenTransactions.sleeping(stack);
      waits.sleep(Duration.ofMillis(60));
      open.retainAll(OpenTransactions.sleeping(stack));
      if (!open.isEmpty()) {
        return awaitRollback(open);
      }
      Signals.goOn(pid);
      waits.sleep(Duration.ofMillis(7 + attempt % 11));
    }
    throw new IllegalStateException("settle was never caught inside a transaction");
  }

  private double awaitRollback(Set<Long> open) {
    long begin = waits.nanos().getAsLong();
    witness.note("chaos: frozen inside transaction " + open);
    while (waits.nanos().getAsLong() - begin < ROLLBACK_WITHIN.toNanos()) {
      var still = new HashSet<>(open);
      still.retainAll(OpenTransactions.sleeping(stack));
      if (still.isEmpty()) {
        double after = Math.round((waits.nanos().getAsLong() - begin) / 1e8) / 10.0;
        witness.note("chaos: its locks are free after %.1f s".formatted(after));
        return after;
      }
      waits.sleep(STEP);
    }
    throw new IllegalStateException("a frozen settle kept its locks for " + ROLLBACK_WITHIN);
  }
}
