package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BusyTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Busy busy = new Busy();
  private final long start = System.nanoTime() + SECOND;

  @Test
  void calls_thatTookHalfOfWhatThereWas_areFiftyPercent() {
    busy.capacity(10);
    int _ = busy.percent(start);
    for (int i = 0; i < 100; i++) {
      busy.served(SECOND / 20);
    }
    assertThat(busy.percent(start + SECOND)).isEqualTo(50);
    assertThat(busy.percent(start + 2 * SECOND)).isZero();
  }

  @Test
  void refusedCalls_countAsAskedFor() {
    busy.capacity(10);
    int _ = busy.percent(start);
    busy.served(SECOND / 100);
    for (int i = 0; i < 3; i++) {
      busy.refused();
    }
    assertThat(busy.percent(start + SECOND)).isEqualTo(400);
  }

  @Test
  void percent_isBounded() {
    busy.capacity(1);
    for (int i = 0; i < 100_000; i++) {
      busy.refused();
    }
    assertThat(busy.percent(start)).isEqualTo(Busy.MOST);
  }
}
