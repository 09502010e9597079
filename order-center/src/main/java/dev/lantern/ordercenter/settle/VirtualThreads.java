package dev.lantern.ordercenter.settle;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// [SettleWorker.SideBySide] on virtual threads; the tasks are as many as the partitions held.
public final class VirtualThreads implements SettleWorker.SideBySide, AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  public Executor executor() {
    return executor;
  }

  @Override
  public void run(Collection<Callable<Void>> tasks) {
    try {
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a booking task let an exception through", e.getCause());
    }
  }

  @Override
  public void close() {
    executor.close();
  }
}
