package dev.lantern.simulation.fault;

import dev.lantern.simulation.kernel.Actor;
import dev.lantern.simulation.kernel.Baton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an actor waits for: the first answer counts, an answer or silence.
final class Reply {
  private final Baton baton;
  private final Actor waiting;
  private boolean came;
  private @Nullable Object value;
  private @Nullable RuntimeException trouble;

  Reply(Baton baton) {
    this.baton = baton;
    this.waiting = baton.current();
  }

  /// The server does it, and its answer is on its way.
  void answer(Supplier<@Nullable Object> effect, Duration wayBack) {
    Object done = null;
    RuntimeException refusal = null;
    try {
      done = effect.get();
    } catch (RuntimeException e) {
      refusal = e;
    }
    come(done, refusal, wayBack);
  }

  void silence(RuntimeException why) {
    come(null, why, Duration.ZERO);
  }

  @Nullable Object await() {
    baton.sleepUntilWoken();
    if (trouble != null) {
      throw trouble;
    }
    return value;
  }

  /// What has been done comes back, unless something came before.
  void come(@Nullable Object done, @Nullable RuntimeException refusal, Duration wayBack) {
    if (came) {
      return;
    }
    came = true;
    value = done;
    trouble = refusal;
    baton.wake(waiting, baton.now() + wayBack.toNanos());
  }
}
