package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.weak.Dependencies.Source;
import dev.lantern.ordercenter.weak.OrderSwitch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `order.counters`: off by an operator, and the counter service cut under load.
@Tag("engine")
class SettleSwitchesEngineTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long LEASE = 701;

  @Test
  void countersOffOrCut_underLoad_ordersAreBooked_andTheCountsCatchUpExactly() {
    try (World world = new World()) {
      world.ledger.tree(1, Instant.parse("2026-01-01T00:00:00Z"), "single_amount_cap_fen: 200");
      world.ledger.budget(Given.BUDGET, 1_000_000);
      world.ledger.lease(LEASE, Given.BUDGET, 400_000, world.log, 600_000);
      world.off.add(OrderSwitch.COUNTERS);
      world.start("settle-1");
      world.acceptAll(fresh(0, 100));
      awaitBooked(world, 100);
      int looks = world.looks.get();
      Eventually.is(SOON, world.looks::get, () -> world.looks.get() > looks + 10);
      assertThat(world.countersAsked).hasValue(0);

      world.off.clear();
      Eventually.is(SOON, () -> world.counted, () -> opened(world) == 100);

      world.countersAway = true;
      world.acceptAll(fresh(100, 250));
      Eventually.is(
          SOON,
          () -> "the breaker is closed",
          () -> world.weak.offBy(OrderSwitch.COUNTERS).filter(Source.BREAKER::equals).isPresent());
      world.acceptAll(fresh(250, 300));
      awaitBooked(world, 300);
      assertThat(opened(world)).isEqualTo(100);

      world.countersAway = false;
      Eventually.is(SOON, () -> world.counted, () -> opened(world) == 300);
      Eventually.is(SOON, () -> "still off", () -> world.weak.uses(OrderSwitch.COUNTERS));
      world.ledger.assertConserved();
    }
  }

  private static long opened(World world) {
    return world.counted.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("spring.opened "))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void awaitBooked(World world, long orders) {
    Eventually.is(SOON, () -> world.ledger.orders(8), () -> world.ledger.orders(8) == orders);
  }

  private static List<Given> fresh(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            n -> Given.of(5_000L + n, 88, LEASE).acceptedAt(Instant.parse("2026-01-01T12:00:00Z")))
        .toList();
  }
}
