package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.grant.Decision.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {
  private static final Patience PATIENCE =
      new Patience(5, Duration.ofSeconds(1), Duration.ofSeconds(10));

  @ParameterizedTest
  @MethodSource("table")
  void answer_andTries_decide(Answer answer, int tries, Decision decision) {
    assertThat(Decision.of(answer, tries, PATIENCE, 0)).isEqualTo(decision);
  }

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(new Answer.Granted("r-1"), 1, new Decision.Succeed("r-1")),
        Arguments.of(new Answer.Granted("r-1"), 99, new Decision.Succeed("r-1")),
        // Only these two compensate, at whichever try.
        Arguments.of(new Answer.Refused("REJECTED"), 1, new Decision.Compensate("REJECTED")),
        Arguments.of(new Answer.Refused("SOLD_OUT"), 99, new Decision.Compensate("SOLD_OUT")),
        // Unknown is never compensated, and not at the last try either.
        Arguments.of(unknown(), 1, new Decision.Again(Duration.ofSeconds(1), true, "late")),
        Arguments.of(unknown(), 2, new Decision.Again(Duration.ofSeconds(2), true, "late")),
        Arguments.of(unknown(), 4, new Decision.Again(Duration.ofSeconds(8), true, "late")),
        Arguments.of(unknown(), 5, new Decision.Park("late")),
        Arguments.of(unknown(), 99, new Decision.Park("late")),
        Arguments.of(
            retry(Optional.empty()), 1, new Decision.Again(Duration.ofSeconds(1), false, "busy")),
        Arguments.of(
            retry(Optional.of(Duration.ofSeconds(30))),
            1,
            new Decision.Again(Duration.ofSeconds(30), false, "busy")),
        Arguments.of(
            retry(Optional.of(Duration.ofDays(1))),
            1,
            new Decision.Again(Decision.LONGEST_WISH, false, "busy")),
        Arguments.of(retry(Optional.empty()), 5, new Decision.Park("busy")),
        // What is not known there is asked for again, at once and under the same id.
        Arguments.of(
            new Answer.NotFound(), 2, new Decision.Again(Duration.ZERO, false, "NOT_FOUND")));
  }

  @ParameterizedTest
  @MethodSource("jitters")
  void wait_isShortenedByUpToAHalf_andCapped(int tries, double jitter, long millis) {
    assertThat(PATIENCE.after(tries, jitter)).isEqualTo(Duration.ofMillis(millis));
  }

  static Stream<Arguments> jitters() {
    return Stream.of(
        Arguments.of(1, 0.0, 1_000L),
        Arguments.of(1, 1.0, 500L),
        Arguments.of(4, 0.5, 6_000L),
        Arguments.of(5, 0.0, 10_000L),
        Arguments.of(1_000, 1.0, 5_000L));
  }

  private static Answer unknown() {
    return new Answer.Unknown("late");
  }

  private static Answer retry(Optional<Duration> after) {
    return new Answer.Retry(after, "busy");
  }
}
