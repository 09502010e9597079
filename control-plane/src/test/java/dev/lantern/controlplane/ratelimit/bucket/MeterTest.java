package dev.lantern.controlplane.ratelimit.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lantern.controlplane.policy.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void hundredTwentyThousandASecond_isTwentyFiveInAndThreeOut() {
    Meter meter = Meter.of(new Rate(120_000, SECOND), Duration.ofMillis(100), Duration.ZERO);

    assertThat(meter).isEqualTo(new Meter(25, 3, 12_000 * 25, 0));
    assertThat(meter.perSecond()).isEqualTo(120_000);
  }

  @Test
  void lease_isTakenOffTheBurst() {
    Meter meter = Meter.of(new Rate(2_000, SECOND), Duration.ofMillis(100), Duration.ofMillis(50));

    assertThat(meter.hits()).isEqualTo(100);
    assertThat(meter.spendNanos()).isLessThan(meter.leaseNanos());
  }

  @Test
  void threeADay_holdsThree() {
    Meter meter = Meter.of(new Rate(3, Duration.ofDays(1)), Duration.ofDays(1), Duration.ZERO);

    assertThat(meter.hits()).isEqualTo(3);
    assertThat(meter.waitMicros(3 * meter.unit(), 1))
        .isEqualTo(Duration.ofHours(8).toMillis() * 1_000);
  }

  @Test
  void leaseAsLongAsTheBurst_leavesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Meter.of(new Rate(1_000, SECOND), SECOND, SECOND));
  }

  @Test
  void whatCannotBeCountedExactly_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Meter.of(new Rate(999_999_937, Duration.ofDays(1)), Duration.ofDays(1), Duration.ZERO));
  }

  @Test
  void drained_neverBelowEmpty_howeverLongItTook() {
    Meter meter = Meter.of(new Rate(120_000, SECOND), SECOND, Duration.ZERO);

    assertThat(meter.drained(meter.capacity(), Long.MAX_VALUE)).isZero();
    assertThat(meter.drained(meter.capacity(), -1_000)).isEqualTo(meter.capacity());
    assertThat(meter.drained(300, 50)).isEqualTo(150);
  }

  @Test
  void overfullBucket_hasNoRoom() {
    Meter meter = Meter.of(new Rate(10, SECOND), SECOND, Duration.ZERO);

    assertThat(meter.room(meter.capacity() + 5 * meter.unit())).isZero();
    assertThat(meter.waitMicros(meter.capacity() + 5 * meter.unit(), 1)).isEqualTo(600_000);
  }
}
