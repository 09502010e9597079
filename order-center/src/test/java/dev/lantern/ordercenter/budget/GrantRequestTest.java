package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseStore.GrantRequest;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GrantRequestTest {
  private static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);

  @Test
  void slice_isAtMostAShareOfFree_butAlwaysOneUnitWhileThereIsOne() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long needed = 1L + random.nextInt(200);
      long wanted = random.nextInt(100_000);
      long free = random.nextInt(random.nextBoolean() ? 300 : 1_000_000);
      long slice = request(needed, wanted).sliceOf(new Fen(free)).value();

      if (free < needed) {
        assertThat(slice).isZero();
      } else {
        assertThat(slice).isBetween(needed, Math.min(free, Math.max(needed, free / 4)));
        assertThat(slice).isLessThanOrEqualTo(Math.max(needed, wanted));
      }
    }
  }

  @Test
  void slices_drainABudgetToItsLastUnit() {
    long free = 1_000;
    int grants = 0;
    while (free >= 7) {
      free -= request(7, 500).sliceOf(new Fen(free)).value();
      grants++;
    }
    assertThat(free).isLessThan(7);
    assertThat(grants).isLessThan(40);
  }

  private static GrantRequest request(long needed, long wanted) {
    return new GrantRequest(
        new LeaseId(1),
        "main",
        "api-1",
        new Fen(needed),
        new Fen(wanted),
        4,
        LOG,
        Duration.ofSeconds(10));
  }
}
