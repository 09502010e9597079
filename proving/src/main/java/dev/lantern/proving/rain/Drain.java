package dev.lantern.proving.rain;

import dev.lantern.order.v1.CloseLeasesResponse;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.QueueLag;
import dev.lantern.proving.place.StackAccess;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Lets a rain come to rest: the queue empties, then the leases close. Every wait has an end.
public final class Drain {
  private static final Duration QUEUE_WITHIN = Duration.ofMinutes(2);
  private static final Duration LEASES_WITHIN = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private final StackAccess stack;
  private final Auditor auditor;
  private final QueueLag lag;
  private final Waits waits;
  private final Progress progress;

  public Drain(StackAccess stack, Auditor auditor, QueueLag lag, Waits waits, Progress progress) {
    this.stack = stack;
    this.auditor = auditor;
    this.lag = lag;
    this.waits = waits;
    this.progress = progress;
  }

  /// Whether everything in the queue was booked in time.
  public boolean awaitEmptyQueue() {
    boolean empty =
        await(
            QUEUE_WITHIN,
            () -> {
              OptionalLong records = lag.records();
              return records.isPresent() && records.getAsLong() == 0;
            });
    if (!empty) {
      progress.note("the queue is not empty after " + QUEUE_WITHIN.toSeconds() + " s");
    }
    return empty;
  }

  /// Whether every lease of the run's budgets is closed in time.
  public boolean closeLeases(RunRecord run) {
    Instant[] nextAsk = {waits.wall().instant()};
    int[] asked = {0};
    boolean closed =
        await(
            LEASES_WITHIN,
            () -> {
              if (!waits.before(nextAsk[0])) {
                ask(run, asked[0]++);
                nextAsk[0] = waits.wall().instant().plus(ASK_AGAIN);
              }
              return unclosed(run) == 0;
            });
    if (!closed) {
      progress.note(
          "%d leases are not closed after %d s"
              .formatted(unclosed(run), LEASES_WITHIN.toSeconds()));
    }
    return closed;
  }

  private long unclosed(RunRecord run) {
    try {
      return auditor.unclosedLeases(run.activityId());
    } catch (IllegalStateException unreachable) {
      return Long.MAX_VALUE;
    }
  }

  private void ask(RunRecord run, int time) {
    for (StackAccess.Address address : stack.orderApis()) {
      try (Operator operator = Operator.at(address, stack.operator())) {
        int unclosed = 0;
        for (RunRecord.Budget budget : run.budgets()) {
          CloseLeasesResponse answer =
              operator.closeLeases(
                  budget.budgetId(), "%s-%s-%d".formatted(run.runId(), budget.budgetId(), time));
          unclosed += answer.getUnclosedCount();
        }
        progress.note("closing leases: " + unclosed + " to go");
        return;
      } catch (StatusRuntimeException refused) {
        progress.note("closing leases: " + refused.getStatus());
      }
    }
  }

  boolean await(Duration within, BooleanSupplier condition) {
    Instant until = waits.wall().instant().plus(within);
    while (waits.before(until) && !Thread.currentThread().isInterrupted()) {
      if (condition.getAsBoolean()) {
        return true;
      }
      waits.sleep(STEP);
    }
    return condition.getAsBoolean();
  }
}
