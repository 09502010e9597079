package dev.lantern.simulation.world;

import dev.lantern.simulation.kernel.Actor;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A call from a client to a process: it runs there as an actor of its own, whether or not the
/// client still waits.
final class Rpc<T> {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofMillis(20);

  private final Baton baton;
  private final Actor caller;
  private boolean ended;
  private @Nullable T answer;

  private Rpc(Baton baton) {
    this.baton = baton;
    this.caller = baton.current();
  }

  /// The answer; empty when none came within the deadline, or the process was gone.
  static <T> Optional<T> call(
      Baton baton, Dice dice, Life callee, String name, Duration deadline, Supplier<T> work) {
    Rpc<T> rpc = new Rpc<>(baton);
    baton.in(
        dice.wait(LEAST, MOST),
        () -> {
          if (callee.isOver()) {
            rpc.end(null, MOST);
          } else {
            Duration back = dice.wait(LEAST, MOST);
            baton.start(callee, name, () -> rpc.end(work.get(), back));
          }
        });
    baton.in(deadline, () -> rpc.end(null, Duration.ZERO));
    baton.sleepUntilWoken();
    return Optional.ofNullable(rpc.answer);
  }

  private void end(@Nullable T value, Duration wayBack) {
    baton.in(
        wayBack,
        () -> {
          if (!ended) {
            ended = true;
            answer = value;
            baton.wake(caller, baton.now());
          }
        });
  }
}
