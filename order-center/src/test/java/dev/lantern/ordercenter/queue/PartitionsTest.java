package dev.lantern.ordercenter.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lantern.stores.redis.TokenBuckets;
import org.junit.jupiter.api.Test;

final class PartitionsTest {
  @Test
  void partition_isKnown_becauseItMayNeverChange() {
    assertThat(Partitions.of(1, 8)).isEqualTo(6);
    assertThat(Partitions.of(2, 8)).isEqualTo(5);
    assertThat(Partitions.of(Long.MAX_VALUE, 8)).isEqualTo(1);
  }

  @Test
  void consecutive_users_spreadEvenly_andApartFromTheirBuckets() {
    int[][] counts = new int[TokenBuckets.COUNT][8];
    int users = 512_000;
    for (long user = 1; user <= users; user++) {
      counts[TokenBuckets.bucketOf(user)][Partitions.of(user, 8)]++;
    }
    for (int[] bucket : counts) {
      for (int count : bucket) {
        assertThat(count).isCloseTo(1_000, within(300));
      }
    }
  }
}
