package dev.lantern.ordercenter.duties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WaitLimitTest {
  private final AtomicLong time = new AtomicLong();
  private final WaitLimit limit = new WaitLimit("test", Duration.ofSeconds(1), time::get);

  @AfterEach
  void close() {
    limit.close();
  }

  @Test
  void answerInTime_isHeard() throws Exception {
    var answer = new CompletableFuture<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> heard = threads.submit(() -> limit.await(answer));
      answer.complete(7);
      assertThat(heard.get()).isEqualTo(7);
    }
  }

  @Test
  void answerThatFailed_isHeardAsItFailed() {
    var failed = CompletableFuture.failedFuture(new TimeoutException("its maker's own"));
    assertThatThrownBy(() -> limit.await(failed))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void afterTheLimit_allWhoWait_areLate_andNoneBefore() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = new CompletableFuture<Integer>();
      Future<Integer> heardFirst = threads.submit(() -> limit.await(first));
      first.complete(1);
      assertThat(heardFirst.get()).isEqualTo(1);
      var second = new CompletableFuture<Integer>();
      Future<Integer> heardSecond = threads.submit(() -> limit.await(second));
      awaitWaiting(second);
      time.set(Duration.ofMillis(999).toNanos());
      var third = new CompletableFuture<Integer>();
      Future<Integer> heardThird = threads.submit(() -> limit.await(third));
      awaitWaiting(third);
      time.set(Duration.ofSeconds(1).toNanos());
      assertThatThrownBy(heardSecond::get).hasCauseInstanceOf(TimeoutException.class);
      assertThat(third.isDone()).isFalse();
      time.set(Duration.ofSeconds(2).toNanos());
      assertThatThrownBy(heardThird::get).hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void closed_nobodyWaits() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = new CompletableFuture<Integer>();
      Future<Integer> before = threads.submit(() -> limit.await(answer));
      awaitWaiting(answer);
      limit.close();
      assertThatThrownBy(before::get).hasCauseInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> limit.await(new CompletableFuture<Integer>()))
          .isInstanceOf(TimeoutException.class);
    }
  }

  private static void awaitWaiting(CompletableFuture<?> answer) {
    while (answer.getNumberOfDependents() == 0) {
      Thread.onSpinWait();
    }
  }
}
