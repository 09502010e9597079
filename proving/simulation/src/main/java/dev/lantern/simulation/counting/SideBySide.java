package dev.lantern.simulation.counting;

import dev.lantern.simulation.kernel.Actor;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Life;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process's threads: each task is an actor of its own, and who waits for it lets others go on.
final class SideBySide extends AbstractExecutorService {
  private final Baton baton;
  private final Life life;

  SideBySide(Baton baton, Life life) {
    this.baton = baton;
    this.life = life;
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    Running<T> running = new Running<>(baton);
    baton.start(life, life.name() + ".task", () -> running.run(task));
    return running;
  }

  @Override
  public void execute(Runnable command) {
    baton.start(life, life.name() + ".task", command);
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }

  /// A task under way.
  private static final class Running<T> implements Future<T> {
    private final Baton baton;
    private boolean done;
    private @Nullable T value;
    private @Nullable RuntimeException failure;
    private @Nullable Actor waiting;

    Running(Baton baton) {
      this.baton = baton;
    }

    void run(Callable<T> task) {
      try {
        value = task.call();
      } catch (RuntimeException e) {
        failure = e;
      } catch (Exception e) {
        failure = new IllegalStateException(e);
      }
      done = true;
      if (waiting != null) {
        baton.wake(waiting, baton.now());
      }
    }

    @Override
    @SuppressWarnings("NullAway") // a task's own null is its answer
    public T get() throws ExecutionException {
      if (!done) {
        waiting = baton.current();
        baton.sleepUntilWoken();
      }
      if (failure != null) {
        throw new ExecutionException(failure);
      }
      return value;
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws ExecutionException {
      return get();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isDone() {
      return done;
    }
  }
}
