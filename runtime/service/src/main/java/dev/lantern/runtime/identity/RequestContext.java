package dev.lantern.runtime.identity;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is known of the call being served: set before the handler runs, readable anywhere below it
/// on its thread (and in the subtasks of a structured scope).
///
/// - `caller`: the process that made the call, verified
/// - `user`: the person it is for; only calls through the edge have one
/// - `lane`: LIVE unless it is marked as a trial's, by somebody who may
public record RequestContext(SpiffeId caller, Optional<User> user, Lane lane) {

  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /// The context of the call being served; outside one, a defect: [IllegalStateException].
  public static RequestContext current() {
    if (!CURRENT.isBound()) {
      throw new IllegalStateException("no call is being served on this thread");
    }
    return CURRENT.get();
  }

  /// The same, or empty outside a call.
  public static Optional<RequestContext> find() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// The user of this call; refuses with UNAUTHENTICATED when it has none.
  public User requireUser() {
    return user.orElseThrow(
        () -> Refused.of(Reason.REASON_UNAUTHENTICATED, "this call needs a session"));
  }

  /// Runs the task with this as the current context.
  public void run(Runnable task) {
    ScopedValue.where(CURRENT, this).run(task);
  }

  /// Computes with this as the current context.
  public <T extends @Nullable Object> T call(Supplier<T> task) {
    return ScopedValue.where(CURRENT, this).call(task::get);
  }
}
