package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CoalescerTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void calls_duringABatch_shareTheNextOne_andEachGetsItsOwnAnswer() throws Exception {
    CountDownLatch firstIsIn = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
    try (var coalescer =
            new Coalescer<Integer, Integer>(
                "test",
                batch -> {
                  sizes.add(batch.size());
                  firstIsIn.countDown();
                  await(goOn);
                  return batch.stream().map(i -> i * 2).toList();
                },
                new Coalescer.Bounds(30, 1, 200, LONG),
                IllegalStateException::new);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      answers.add(threads.submit(() -> coalescer.call(0)));
      await(firstIsIn);
      CountDownLatch asked = new CountDownLatch(60);
      for (int i = 1; i <= 60; i++) {
        int item = i;
        answers.add(
            threads.submit(() -> {
              asked.countDown();
              return coalescer.call(item);
            }));
      }
      await(asked);
      goOn.countDown();
      for (int i = 0; i <= 60; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i * 2);
      }
      assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(61);
      assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(30));
      assertThat(sizes.size()).isLessThan(61);
    }
  }

  @Test
  void batchThatDiesOfAnError_leavesTheNextOneTried() {
    AtomicInteger batches = new AtomicInteger();
    try (var coalescer =
        new Coalescer<Integer, Integer>(
            "test",
            batch -> {
              if (batches.incrementAndGet() == 1) {
                throw new StackOverflowError("by the test");
              }
              return batch;
            },
            new Coalescer.Bounds(30, 1, 200, LONG),
            IllegalStateException::new)) {
      assertThatThrownBy(() -> coalescer.call(1)).hasRootCauseMessage("by the test");
      assertThat(coalescer.call(2)).isEqualTo(2);
    }
  }

  @Test
  void failedBatch_failsEachOfItsCalls_andTheNextIsTried() {
    try (var coalescer =
        new Coalescer<Integer, Integer>(
            "test",
            batch -> {
              if (batch.contains(1)) {
                throw new UnsupportedOperationException();
              }
              return batch;
            },
            new Coalescer.Bounds(10, 1, 10, LONG),
            IllegalStateException::new)) {
      assertThatThrownBy(() -> coalescer.call(1)).isInstanceOf(UnsupportedOperationException.class);
      assertThat(coalescer.call(2)).isEqualTo(2);
    }
  }

  @Test
  void lateBatch_andFullQueue_failAsTold() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (var coalescer =
            new Coalescer<Integer, Integer>(
                "test",
                batch -> {
                  await(never);
                  return batch;
                },
                new Coalescer.Bounds(1, 1, 1, Duration.ofMillis(50)),
                ArithmeticException::new);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        calls.add(threads.submit(() -> coalescer.call(1)));
      }
      for (Future<Integer> call : calls) {
        assertThatThrownBy(call::get).hasCauseInstanceOf(ArithmeticException.class);
      }
      never.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
