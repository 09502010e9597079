package dev.lantern.simulation.token;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.simulation.kernel.Actor;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call to token-service under way: its tokens, once their roots are logged, or nothing.
public final class Ticket {
  private final Baton baton;
  private @Nullable Actor waiting;
  private @Nullable List<SignedToken> tokens;
  private boolean ended;

  public Ticket(Baton baton) {
    this.baton = baton;
  }

  /// They have reached the caller, if it still waits.
  public void answer(List<SignedToken> signed) {
    if (!ended) {
      tokens = signed;
    }
    end();
  }

  /// There are none.
  public void fail() {
    end();
  }

  /// What has come within that time.
  ///
  /// @throws Refused DEPENDENCY_DOWN when nothing has
  List<SignedToken> await(Duration patience) {
    if (!ended) {
      waiting = baton.current();
      baton.in(patience, this::end);
      baton.sleepUntilWoken();
    }
    if (tokens == null) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "tokens cannot be signed now");
    }
    return tokens;
  }

  private void end() {
    if (!ended) {
      ended = true;
      if (waiting != null) {
        baton.wake(waiting, baton.now());
      }
    }
  }
}
