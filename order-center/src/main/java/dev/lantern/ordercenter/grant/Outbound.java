package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The gate in front of one downstream: the switch of them all (`order.downstreams`), its breaker,
/// its rate, its retry budget. Closed, it delays; it never makes a grant fail.
public final class Outbound {
  private static final double REPEATS_SHARE = 0.1;
  private static final Duration REPEATS_WAIT = Duration.ofSeconds(1);

  /// How soon a gate that was switched off is tried again.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final CallBreaker breaker;
  private final Rate rate;
  private final RetryBudget repeats;
  private final Clock clock;
  private final BooleanSupplier on;

  /// One that nobody switches off.
  public Outbound(String downstream, Rate rate, int repeatsFloor, Clock clock) {
    this(downstream, rate, repeatsFloor, clock, () -> true);
  }

  /// @param on whether downstreams are to be called at all
  public Outbound(String downstream, Rate rate, int repeatsFloor, Clock clock, BooleanSupplier on) {
    this.breaker = new CallBreaker(downstream, clock);
    this.rate = rate;
    this.repeats = new RetryBudget(REPEATS_SHARE, repeatsFloor);
    this.clock = clock;
    this.on = on;
  }

  /// Whether to call.
  public sealed interface Permit {
    /// Now; [#ended] or [#giveBack] must follow.
    record Go() implements Permit {}

    /// Nothing may be called for so long.
    record Stop(Duration atLeast) implements Permit {}

    /// This one repeats an earlier call, and enough do: others may go.
    record NotThis(Duration atLeast) implements Permit {}
  }

  /// Whether to call.
  ///
  /// @param repeat whether the call repeats an earlier one
  public Permit permit(boolean repeat) {
    if (!on.getAsBoolean()) {
      return new Permit.Stop(LOOK_AGAIN);
    }
    if (!breaker.tryAcquire()) {
      return new Permit.Stop(CallBreaker.OPEN_FOR);
    }
    if (repeat && !repeats.repeat(clock.now())) {
      breaker.release();
      return new Permit.NotThis(REPEATS_WAIT);
    }
    Duration wait = rate.take();
    if (!wait.isZero()) {
      breaker.release();
      return new Permit.Stop(wait);
    }
    if (!repeat) {
      repeats.first(clock.now());
    }
    return new Permit.Go();
  }

  /// Whether to ask about a grant for somebody who only compares: within the rate like every call,
  /// neither a first call nor a repetition.
  public Permit permitAside() {
    if (!breaker.tryAcquire()) {
      return new Permit.Stop(CallBreaker.OPEN_FOR);
    }
    Duration wait = rate.take();
    if (!wait.isZero()) {
      breaker.release();
      return new Permit.Stop(wait);
    }
    return new Permit.Go();
  }

  /// The call was not made after all; what it took of the rate is gone.
  public void giveBack() {
    breaker.release();
  }

  /// What came of it.
  public void ended(Answer answer, Duration took) {
    switch (answer) {
      case Answer.Granted _, Answer.Refused _, Answer.Retry _, Answer.NotFound _ ->
          breaker.heard(took);
      case Answer.Unknown _ -> breaker.unheard(took);
    }
  }

  /// 0 open to calls, 1 probing, 2 closed to calls.
  public long breakerLevel() {
    return breaker.level();
  }
}
