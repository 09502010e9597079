package dev.lantern.proving.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.measure.Load.Outcome;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoadTest {
  @Test
  void load_keepsItsCallsUnderWay_andNoMore() {
    var left = new AtomicInteger(500);
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    try (var servers = Executors.newFixedThreadPool(4)) {
      Load.Result result =
          Load.run(
              3,
              () -> left.get() > 0,
              ending -> {
                left.decrementAndGet();
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                servers.execute(() -> {
                  underWay.decrementAndGet();
                  ending.ended(Outcome.good(1));
                });
              });
      // Whoever looked while one was left may begin one more.
      assertThat(result.good()).isBetween(500L, 502L);
      assertThat(result.bad()).isZero();
    }
    assertThat(most).hasValueBetween(1, 3);
    assertThat(underWay).hasValue(0);
  }

  @Test
  void load_countsWhatFailed_byReason() {
    Queue<Outcome> outcomes = new ArrayDeque<>();
    outcomes.add(Outcome.good(2));
    outcomes.add(new Outcome(1, 2, "SOLD_OUT"));
    outcomes.add(Outcome.bad(3, "DEADLINE"));
    try (var server = Executors.newSingleThreadExecutor()) {
      Load.Result result =
          Load.run(
              1,
              () -> !outcomes.isEmpty(),
              ending -> server.execute(() -> ending.ended(outcomes.remove())));

      assertThat(result.good()).isEqualTo(3);
      assertThat(result.bad()).isEqualTo(5);
      assertThat(result.reasons()).isEqualTo(Map.of("SOLD_OUT", 2L, "DEADLINE", 3L));
    }
  }
}
