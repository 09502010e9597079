package dev.lantern.ordercenter.order;

import dev.lantern.runtime.identity.RequestContext;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Works on the items of one call side by side, each on a virtual thread of its own, at most
/// `parallel` at a time over all calls of this instance, so that a batch cannot crowd out single
/// calls.
public final class Batch implements AutoCloseable {
  private final Semaphore permits;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("batch-", 0).factory());

  public Batch(int parallel) {
    this.permits = new Semaphore(parallel);
  }

  /// The answers in the order of the items; `work` answers failures itself.
  public <I, O> List<O> each(List<I> items, Function<I, O> work) throws InterruptedException {
    RequestContext caller = RequestContext.current();
    List<Callable<O>> tasks = new ArrayList<>(items.size());
    for (I item : items) {
      tasks.add(Context.current().wrap(() -> caller.call(() -> permitted(work, item))));
    }
    List<O> answers = new ArrayList<>(items.size());
    for (Future<O> done : threads.invokeAll(tasks)) {
      answers.add(done.resultNow());
    }
    return answers;
  }

  private <I, O> O permitted(Function<I, O> work, I item) {
    permits.acquireUninterruptibly();
    try {
      return work.apply(item);
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
