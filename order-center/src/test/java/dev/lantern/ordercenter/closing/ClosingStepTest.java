package dev.lantern.ordercenter.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.LeaseState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingStepTest {
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /// Lease time 10 s, margin 2 s; 8 partitions.
  @ParameterizedTest
  @CsvSource({
    // state, still, closingFor, withoutEnd, fenced, booked -> step
    "OPEN,    11, 0,  8, 0, 0,   Wait",
    "OPEN,    12, 0,  8, 0, 0,   MarkClosing",
    "CLOSING, 99, 11, 8, 0, 0,   Wait",
    "CLOSING, 99, 12, 8, 0, 0,   ReadEnds",
    "CLOSING, 0,  12, 1, 3, 40,  ReadEnds",
    "CLOSING, 0,  12, 0, 7, 40,  Wait",
    "CLOSING, 0,  12, 0, 8, 40,  Close",
    "CLOSING, 0,  11, 0, 8, 40,  Wait",
    "CLOSING, 0,  12, 0, 8, 100, Close",
    "CLOSING, 0,  12, 0, 8, 101, Broken",
    "CLOSING, 0,  12, 8, 0, 101, Broken",
    "FROZEN,  99, 99, 8, 0, 0,   Wait",
    "CLOSED,  99, 99, 0, 8, 0,   Wait",
  })
  void step_followsFromStateAndWaits(
      LeaseState state,
      long still,
      long closingFor,
      int withoutEnd,
      int fenced,
      long booked,
      String step) {
    UnclosedLease lease = lease("KAFKA:t", state, 8, withoutEnd, fenced, booked);

    assertThat(
            ClosingStep.of(lease, Duration.ofSeconds(still), Duration.ofSeconds(closingFor), MARGIN)
                .getClass()
                .getSimpleName())
        .isEqualTo(step);
  }

  @Test
  void direct_isFencedAfterTheWaitWithoutAnEnd() {
    UnclosedLease lease = lease("DIRECT", LeaseState.CLOSING, 8, 8, 0, 0);

    assertThat(ClosingStep.of(lease, Duration.ZERO, Duration.ofSeconds(11), MARGIN))
        .isInstanceOf(ClosingStep.Wait.class);
    assertThat(ClosingStep.of(lease, Duration.ZERO, Duration.ofSeconds(12), MARGIN))
        .isInstanceOf(ClosingStep.FenceDirect.class);
    assertThat(lease.topicId()).isEmpty();
  }

  @Test
  void leaseWithoutPartitions_isBroken() {
    assertThat(
            ClosingStep.of(
                lease("KAFKA:t", LeaseState.CLOSING, 0, 0, 0, 0),
                Duration.ZERO,
                Duration.ofSeconds(12),
                MARGIN))
        .isInstanceOf(ClosingStep.Broken.class);
  }

  private static UnclosedLease lease(
      String log, LeaseState state, int partitions, int withoutEnd, int fenced, long booked) {
    return new UnclosedLease(
        1,
        "main",
        100,
        log,
        Duration.ofSeconds(10),
        state,
        5,
        partitions,
        withoutEnd,
        fenced,
        booked);
  }
}
