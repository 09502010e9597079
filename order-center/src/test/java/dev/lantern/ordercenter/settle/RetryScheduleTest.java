package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "5, 32", "6, 60", "7, 60"})
  void after_someTries_waitsLongerUpToAMinute(int tries, long seconds) {
    assertThat(RetrySchedule.after(RetryPolicy.STANDARD, tries, "why", NOW))
        .isEqualTo(new SetAside.RetryAs("why", NOW.plusSeconds(seconds)));
  }

  @Test
  void after_theLastTry_parks() {
    assertThat(RetrySchedule.after(RetryPolicy.STANDARD, 8, "why", NOW))
        .isEqualTo(new SetAside.ParkAs("why"));
  }
}
