package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionBookingTest {
  private final Given given = Given.of(7, 1, 1);

  @Test
  void isUnbroken_everyOffsetOnceFromTheExpectedOne() {
    assertThat(PartitionBooking.isUnbroken(5, List.of(given.at(5), given.at(6)))).isTrue();
  }

  @Test
  void isUnbroken_gapBeforeWithinOrBehind_isNot() {
    assertThat(PartitionBooking.isUnbroken(5, List.of(given.at(6)))).isFalse();
    assertThat(PartitionBooking.isUnbroken(5, List.of(given.at(5), given.at(7)))).isFalse();
    assertThat(PartitionBooking.isUnbroken(5, List.of(given.at(4), given.at(5)))).isFalse();
  }
}
