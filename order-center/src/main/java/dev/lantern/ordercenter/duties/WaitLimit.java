package dev.lantern.ordercenter.duties;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// How long answers are waited for, by many threads with one timer.
///
/// An answer that is not there after `limit` fails with [TimeoutException], [#GRAIN] after that at
/// the latest, as do all of them at closing.
///
/// Thousands of virtual threads that each wait with a timer of their own pay for making it and for
/// taking it back, whenever the answer comes in time, which is nearly always. Here all wait equally
/// long, so those who began first are the first to be late, and one thread looks at the head of the
/// line every [#GRAIN].
public final class WaitLimit implements AutoCloseable {
  public static final Duration GRAIN = Duration.ofMillis(10);

  private final long limitNanos;
  private final LongSupplier nanoTime;
  private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stop = new CountDownLatch(1);

  public WaitLimit(String name, Duration limit, LongSupplier nanoTime) {
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
    Thread.ofPlatform().daemon().name(name).start(this::watch);
  }

  /// Waits for an answer that some other thread completes.
  public <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    line.add(new Waiting(nanoTime.getAsLong(), answer));
    if (stop.getCount() == 0) {
      release();
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Late late) {
        throw late;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    stop.countDown();
    release();
  }

  private void watch() {
    try {
      while (!stop.await(GRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        long now = nanoTime.getAsLong();
        for (Waiting first = line.peek();
            first != null && (first.answer.isDone() || now - first.since >= limitNanos);
            first = line.peek()) {
          line.poll();
          first.answer.completeExceptionally(new Late());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void release() {
    for (Waiting first = line.poll(); first != null; first = line.poll()) {
      first.answer.completeExceptionally(new Late());
    }
  }

  private record Waiting(long since, CompletableFuture<?> answer) {}

  /// Ours, and no time-out that the answer's own maker reports.
  private static final class Late extends TimeoutException {
    private static final long serialVersionUID = 1;
  }
}
