package dev.lantern.ordercenter.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.LeaseState;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowStepTest {
  /// Lease time 10 s, margin 2 s.
  @ParameterizedTest
  @CsvSource({
    // state, endedFor, swept, partitions, fenced, booked -> step
    "FROZEN,  11, true,  8, 8, 0,   Wait",
    "FROZEN,  12, false, 8, 0, 0,   Sweep",
    "FROZEN,  12, false, 8, 8, 0,   Sweep",
    "FROZEN,  12, true,  8, 0, 0,   Fence",
    "FROZEN,  12, true,  8, 7, 100, Fence",
    "FROZEN,  12, true,  8, 8, 100, Close",
    "FROZEN,  12, true,  8, 8, 101, Broken",
    "FROZEN,  12, true,  0, 0, 0,   Broken",
    "CLOSING, 99, true,  8, 8, 0,   Wait",
    "OPEN,    99, true,  8, 8, 0,   Wait",
    "CLOSED,  99, true,  8, 8, 0,   Wait",
  })
  void step_followsFromTheWaitAndTheWalk(
      LeaseState state,
      long endedFor,
      boolean swept,
      int partitions,
      int fenced,
      long booked,
      String step) {
    UnclosedLease lease =
        new UnclosedLease(
            1,
            "main",
            100,
            "KAFKA:t",
            Duration.ofSeconds(10),
            state,
            1,
            partitions,
            0,
            fenced,
            booked);

    WindowStep next =
        WindowStep.of(lease, Duration.ofSeconds(endedFor), swept, Duration.ofSeconds(2));

    assertThat(next.getClass().getSimpleName()).isEqualTo(step);
  }
}
