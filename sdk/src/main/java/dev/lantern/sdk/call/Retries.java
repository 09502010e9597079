package dev.lantern.sdk.call;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Tries a call again where that can help and is allowed. Only for calls that are idempotent.
///
/// The server has the say: told never, it is left at that; told after how long, nothing is sent
/// sooner (up to a quarter later, so that those who were told the same do not come together). Where
/// no server of ours has answered, only what looks passing is tried again, after a random share of
/// a doubling wait. A wait that the patience does not cover, or the deadline of the call being
/// served, is not waited: the caller is told at once. Each retry is paid from the budget.
public final class Retries {
  private final RetryRules rules;
  private final RetryBudget budget;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final Pauses pauses;

  /// Lets time pass.
  @FunctionalInterface
  public interface Pauses {
    void pause(Duration wait) throws InterruptedException;
  }

  /// What came of a call.
  public sealed interface Answer<A> {
    /// It succeeded.
    record Got<A>(A answer) implements Answer<A> {}

    /// It did not, and is not tried again.
    ///
    /// @param last what the last try was told
    /// @param uncertain whether some try, not only the last, may have had its effect all the same
    record Failed<A>(Refusal last, boolean uncertain) implements Answer<A> {}
  }

  /// @param random safe for use by many threads where the retries are
  /// @param nanoTime monotonic
  public Retries(
      RetryRules rules,
      RetryBudget budget,
      RandomGenerator random,
      LongSupplier nanoTime,
      Pauses pauses) {
    this.rules = rules;
    this.budget = budget;
    this.random = random;
    this.nanoTime = nanoTime;
    this.pauses = pauses;
  }

  /// Calls until it succeeds or is not to be tried again.
  ///
  /// @param attempt makes one try within the time it is given; a failure is a
  ///   [StatusRuntimeException]
  public <A> Answer<A> call(Function<Duration, A> attempt) {
    long begun = nanoTime.getAsLong();
    budget.deposit();
    boolean uncertain = false;
    for (int tried = 1; ; tried++) {
      Refusal refusal;
      try {
        return new Answer.Got<>(attempt.apply(left(begun)));
      } catch (StatusRuntimeException failure) {
        refusal = Refusal.of(failure);
      }
      // A refusal says nothing of a try before it, whose answer was lost.
      uncertain |= refusal.leavesItOpen();
      Optional<Duration> wait = wait(tried, refusal);
      if (wait.isEmpty() || wait.get().compareTo(left(begun)) >= 0 || !budget.withdraw()) {
        return new Answer.Failed<>(refusal, uncertain);
      }
      try {
        pauses.pause(wait.get());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new Answer.Failed<>(refusal, uncertain);
      }
    }
  }

  private Duration left(long begun) {
    Duration patience = rules.patience().minusNanos(nanoTime.getAsLong() - begun);
    return Stream.of(
            CallContext.find().flatMap(CallContext::deadline),
            Optional.ofNullable(Context.current().getDeadline()))
        .flatMap(Optional::stream)
        .map(Retries::left)
        .reduce(patience, (one, other) -> one.compareTo(other) < 0 ? one : other);
  }

  private static Duration left(Deadline served) {
    return Duration.ofNanos(served.timeRemaining(TimeUnit.NANOSECONDS));
  }

  private Optional<Duration> wait(int tried, Refusal refusal) {
    if (tried >= rules.attempts()) {
      return Optional.empty();
    }
    return switch (refusal.pushback()) {
      case Refusal.Pushback.Never() -> Optional.empty();
      case Refusal.Pushback.After(Duration said) ->
          Optional.of(said.plusNanos(random.nextLong(said.toNanos() / 4 + 1)));
      case Refusal.Pushback.Unsaid() ->
          looksPassing(refusal) ? Optional.of(own(tried)) : Optional.empty();
    };
  }

  private static boolean looksPassing(Refusal refusal) {
    return switch (refusal.code()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  private Duration own(int tried) {
    long first = rules.firstWait().toNanos();
    long most = rules.longestWait().toNanos();
    for (int doubled = 1; doubled < tried && first < most; doubled++) {
      first *= 2;
    }
    most = Math.min(most, first);
    return Duration.ofNanos(1 + random.nextLong(most));
  }
}
