package dev.lantern.sdk.call;

import dev.lantern.common.v1.Lane;
import io.grpc.Deadline;
import java.util.Optional;

/// What a call passes on of the call that its process is serving: the lane, so that a trial never
/// touches what is live (law APART), and the deadline, so that nobody works for an answer that
/// nobody waits for.
///
/// Bound to a scope, not to a thread: threads of a structured scope see it, too.
///
/// @param deadline empty: none of its own; a call's default applies
public record CallContext(Lane lane, Optional<Deadline> deadline) {
  private static final ScopedValue<CallContext> CURRENT = ScopedValue.newInstance();

  public CallContext {
    if (lane != Lane.LANE_LIVE && lane != Lane.LANE_STRESS) {
      throw new IllegalArgumentException("a call has a lane");
    }
  }

  /// Does something within this context.
  public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> action) throws X {
    return ScopedValue.where(CURRENT, this).call(action);
  }

  /// Does something within this context.
  public void run(Runnable action) {
    ScopedValue.where(CURRENT, this).run(action);
  }

  /// The context that is bound here.
  public static Optional<CallContext> find() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
