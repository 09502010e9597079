package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// Many calls at once, over two instances.
final class AcceptRaceTest {
  private static final int CALLS = 50;

  private final AcceptWorld world = new AcceptWorld();

  @Test
  void fiftyCallsOfOneNumber_getOneAnswer_andOneOutcome() throws Exception {
    try (AcceptWorld.Instance one = world.instance("api-1");
        AcceptWorld.Instance two = world.instance("api-2")) {
      AcceptRequest request = AcceptWorld.request(1, AcceptWorld.MESSAGE);
      List<AcceptResult> results =
          atOnce(CALLS, i -> () -> (i % 2 == 0 ? one : two).accept(request));

      Set<Object> tokens = new HashSet<>();
      long first = 0;
      for (AcceptResult result : results) {
        assertThat(result).isInstanceOf(Accepted.class);
        Accepted accepted = (Accepted) result;
        tokens.add(accepted.token());
        first += accepted.replayed() ? 0 : 1;
      }
      assertThat(tokens).hasSize(1);
      assertThat(first).isEqualTo(1);
      // Every record that may be in the log promises the same and rides on a lease the claim knows.
      Claim claim = world.promises.claimOf(Lane.LANE_LIVE, request.orderNo()).orElseThrow();
      for (AcceptedOrder record : world.log.records()) {
        assertThat(Outcome.of(record.getOutcome())).isEqualTo(claim.outcome());
        assertThat(claim.leases()).contains(record.getLeaseId());
      }
    }
  }

  @Test
  void moreCallsThanUnits_neverPromiseMoreThanTheBudget() throws Exception {
    world.ledger.budget("main", 88 * 20 + 40);
    try (AcceptWorld.Instance one = world.instance("api-1");
        AcceptWorld.Instance two = world.instance("api-2")) {
      List<AcceptResult> results =
          atOnce(CALLS, i -> () -> (i % 2 == 0 ? one : two).accept(AcceptWorld.request(1_000 + i)));
      long promised =
          results.stream()
              .filter(Accepted.class::isInstance)
              .mapToLong(result -> ((Accepted) result).outcome().amount().value())
              .sum();
      assertThat(promised).isPositive().isLessThanOrEqualTo(88 * 20);
    }
  }

  private static List<AcceptResult> atOnce(int calls, IntFunction<Callable<AcceptResult>> call)
      throws InterruptedException, ExecutionException {
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AcceptResult>> running = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        Callable<AcceptResult> one = call.apply(i);
        running.add(
            threads.submit(() -> {
              start.await();
              return one.call();
            }));
      }
      start.countDown();
      List<AcceptResult> results = new ArrayList<>();
      for (Future<AcceptResult> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
