package dev.lantern.sdk.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.call.Retries.Answer;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RetriesTest {
  private static final RetryRules RULES =
      new RetryRules(4, Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofSeconds(5));

  private final Deque<StatusRuntimeException> failures = new ArrayDeque<>();
  private final List<Duration> waits = new ArrayList<>();
  private RetryBudget budget = new RetryBudget(0.1, 10);
  private long now;
  private int sent;

  @Test
  void pushback_isWaitedAtLeast_andAQuarterMoreAtMost() {
    failures.add(refused(Status.UNAVAILABLE, "NOT_SERVING", "800"));

    assertThat(call()).isEqualTo(new Answer.Got<>("answer"));

    assertThat(waits).singleElement().matches(w -> w.toMillis() >= 800 && w.toMillis() <= 1_000);
  }

  @Test
  void pushbackOfNever_orOneThatIsNoNumber_endsIt() {
    for (String said : List.of("-1", "soon")) {
      failures.clear();
      failures.add(refused(Status.FAILED_PRECONDITION, "SOLD_OUT", said));
      Answer.Failed<String> failed = failed();
      assertThat(failed.last().reason()).isEqualTo("SOLD_OUT");
      assertThat(failed.last().metadata()).containsEntry("layer", "service");
      assertThat(failed.uncertain()).isFalse();
      assertThat(waits).isEmpty();
    }
  }

  @Test
  void refusalAfterATryWhoseAnswerWasLost_leavesItUncertain() {
    failures.add(Failing.bare(Status.DEADLINE_EXCEEDED));
    failures.add(refused(Status.RESOURCE_EXHAUSTED, "LIMITED", "-1"));
    Answer.Failed<String> failed = failed();
    assertThat(failed.last().reason()).isEqualTo("LIMITED");
    assertThat(failed.uncertain()).isTrue();
  }

  @Test
  void pushbackOfAges_isANo() {
    failures.add(refused(Status.RESOURCE_EXHAUSTED, "LIMITED", Long.toString(Long.MAX_VALUE)));
    assertThat(failed().last().pushback()).isEqualTo(new Refusal.Pushback.Never());
    failures.add(
        refused(Status.RESOURCE_EXHAUSTED, "LIMITED", Integer.toString(Integer.MAX_VALUE)));
    assertThat(failed().uncertain()).isFalse();
    assertThat(waits).isEmpty();
  }

  @Test
  void deadlineOfTheCallBeingServed_isNotWaitedPast() {
    failures.add(refused(Status.UNAVAILABLE, "NOT_SERVING", "2000"));
    var served =
        new CallContext(Lane.LANE_LIVE, Optional.of(Deadline.after(1_500, TimeUnit.MILLISECONDS)));
    assertThat(served.call(this::call)).isInstanceOf(Answer.Failed.class);
    assertThat(waits).isEmpty();
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void longWaits_areDoubledUpToTheLongest_howeverManyTries() {
    failures.addAll(Collections.nCopies(19, Failing.bare(Status.UNAVAILABLE)));
    budget = new RetryBudget(1, 100);
    var patient = new RetryRules(20, Duration.ofHours(1), Duration.ofHours(2), Duration.ofDays(1));
    var retries = new Retries(patient, budget, new SplittableRandom(1), () -> 0, waits::add);
    assertThat(retries.call(this::attempt)).isEqualTo(new Answer.Got<>("answer"));
    assertThat(waits).hasSize(19).allMatch(wait -> wait.compareTo(Duration.ofHours(2)) <= 0);
  }

  @Test
  void pushbackPastThePatience_isNotWaitedFor() {
    failures.add(refused(Status.UNAVAILABLE, "DEPENDENCY_DOWN", "5000"));
    assertThat(failed().uncertain()).isTrue();
    assertThat(waits).isEmpty();
  }

  @Test
  void networkFailures_areRetriedAfterAGrowingRandomShare_soManyTimes() {
    failures.addAll(Collections.nCopies(9, Failing.bare(Status.UNAVAILABLE)));
    assertThat(failed().uncertain()).isTrue();
    assertThat(sent).isEqualTo(4);
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isLessThanOrEqualTo(Duration.ofMillis(50).plusNanos(1));
    assertThat(waits.get(1)).isLessThanOrEqualTo(Duration.ofMillis(100).plusNanos(1));
    assertThat(waits.get(2)).isLessThanOrEqualTo(Duration.ofMillis(150).plusNanos(1));
  }

  @Test
  void whatDoesNotPassByItself_withoutPushback_isNotRetried() {
    for (Status status : List.of(Status.INTERNAL, Status.RESOURCE_EXHAUSTED, Status.CANCELLED)) {
      failures.clear();
      sent = 0;
      failures.add(Failing.bare(status));
      assertThat(failed().last().code()).isEqualTo(status.getCode());
      assertThat(sent).isEqualTo(1);
    }
  }

  @Test
  void everythingDown_retriesStayWithinTheBudgetsShare() {
    budget = new RetryBudget(0.1, 10);
    for (int i = 0; i < 1_000; i++) {
      failures.clear();
      failures.addAll(Collections.nCopies(9, Failing.bare(Status.UNAVAILABLE)));
      var _ = failed();
    }
    assertThat(sent).isBetween(1_100, 1_111);
  }

  @Test
  void interruptedWait_endsIt_andKeepsTheInterrupt() {
    failures.addAll(Collections.nCopies(2, Failing.bare(Status.UNAVAILABLE)));
    Retries retries =
        new Retries(
            RULES,
            budget,
            new SplittableRandom(1),
            () -> now,
            _ -> {
              throw new InterruptedException();
            });
    assertThat(retries.call(this::attempt)).isInstanceOf(Answer.Failed.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sent).isEqualTo(1);
  }

  private Answer.Failed<String> failed() {
    return (Answer.Failed<String>) call();
  }

  private Answer<String> call() {
    return new Retries(
            RULES,
            budget,
            new SplittableRandom(1),
            () -> now,
            wait -> {
              waits.add(wait);
              now += wait.toNanos();
            })
        .call(this::attempt);
  }

  private String attempt(Duration left) {
    assertThat(left).isPositive();
    sent++;
    StatusRuntimeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return "answer";
  }

  private static StatusRuntimeException refused(Status status, String reason, String pushback) {
    return Failing.refused(status, reason, pushback);
  }
}
