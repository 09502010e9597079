package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.duties.WaitLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// Turns many concurrent single calls into few batched ones.
///
/// No timer: while a batch is under way the next one gathers, so a lone call goes at once and a
/// flood goes in batches as large as the round trip is long. Bounds: `maxBatch` a batch,
/// `batchesUnderWay` batches at a time, `maxPending` calls waiting; beyond that, and after
/// `deadline`, a call fails with what `late` makes.
public final class Coalescer<I, O> implements AutoCloseable {
  private final Function<List<I>, List<O>> batched;
  private final BlockingQueue<Pending<I, O>> queue;
  private final int maxBatch;
  private final WaitLimit deadline;
  private final Supplier<? extends RuntimeException> late;
  private final List<Thread> workers = new ArrayList<>();

  public Coalescer(
      String name,
      Function<List<I>, List<O>> batched,
      Bounds bounds,
      Supplier<? extends RuntimeException> late) {
    this.batched = batched;
    this.queue = new ArrayBlockingQueue<>(bounds.maxPending());
    this.maxBatch = bounds.maxBatch();
    this.deadline = new WaitLimit(name + "-late", bounds.deadline(), System::nanoTime);
    this.late = late;
    for (int i = 0; i < bounds.batchesUnderWay(); i++) {
      workers.add(Thread.ofPlatform().daemon().name(name + "-" + i).start(this::work));
    }
  }

  /// Waits for this item's share of its batch's answer.
  public O call(I item) {
    Pending<I, O> pending = new Pending<>(item, new CompletableFuture<>());
    if (!queue.offer(pending)) {
      throw late.get();
    }
    try {
      return deadline.await(pending.answer);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw late.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late.get();
    }
  }

  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
    deadline.close();
  }

  private void work() {
    List<Pending<I, O>> batch = new ArrayList<>(maxBatch);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        return;
      }
      queue.drainTo(batch, maxBatch - 1);
      answer(batch);
      batch.clear();
    }
  }

  private void answer(List<Pending<I, O>> batch) {
    try {
      List<O> answers = batched.apply(batch.stream().map(Pending::item).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(answers.size() + " answers to " + batch.size());
      }
      for (int i = 0; i < answers.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      // Whatever it was, it is these calls' own: the worker lives on for the next.
      batch.forEach(pending -> pending.answer.completeExceptionally(e));
    }
  }

  private record Pending<I, O>(I item, CompletableFuture<O> answer) {}

  /// How much a coalescer may hold.
  public record Bounds(int maxBatch, int batchesUnderWay, int maxPending, Duration deadline) {
    public Bounds {
      if (maxBatch < 1 || batchesUnderWay < 1 || maxPending < maxBatch) {
        throw new IllegalArgumentException("bounds must be positive, maxPending >= maxBatch");
      }
    }
  }
}
