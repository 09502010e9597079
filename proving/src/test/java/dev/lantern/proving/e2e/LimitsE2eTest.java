package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.measure.LimitProofReport;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Limiters as processes, on the stack's Redis, one of them killed.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class LimitsE2eTest {
  @Test
  void limiters_oneOfThemKilled_letNoMoreThroughThanTheLimitAndItsBurst() {
    LimitProofReport report =
        Wiring.limitProof(SharedStack.access(), SharedStack.progress())
            .run(2, Duration.ofSeconds(3));

    assertThat(report.killed()).isEqualTo(1);
    // How many are decided in time is for `lantern limiter prove` to say, on a machine of its own.
    assertThat(report.bounded()).as(report.text()).isTrue();
  }
}
