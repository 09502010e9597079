package dev.lantern.tokenservice.log;

import dev.lantern.token.v1.SignedRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/// Appends to one chain, many callers' roots in one commit: while one is under way the next gather.
/// Bounds: [RootStore#MOST_ROWS] rows a commit, `most` batches waiting.
public final class RootLog implements AutoCloseable {
  private final RootChain chain;
  private final BlockingQueue<Waiting> queue;
  private final Thread writer;

  private record Waiting(List<SignedRoot> rows, CompletableFuture<Void> appended) {}

  /// @param most how many batches may wait
  public RootLog(RootChain chain, String name, int most) {
    this.chain = chain;
    this.queue = new ArrayBlockingQueue<>(most);
    this.writer = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  /// Done when these rows are on the disk; failed with what the store threw when they may not be.
  ///
  /// @param rows at most [RootStore#MOST_ROWS]
  /// @throws RejectedExecutionException when too many wait
  public CompletableFuture<Void> append(List<SignedRoot> rows) {
    if (rows.isEmpty() || rows.size() > RootStore.MOST_ROWS) {
      throw new IllegalArgumentException("1 to " + RootStore.MOST_ROWS + " rows at a time");
    }
    var waiting = new Waiting(rows, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      throw new RejectedExecutionException("too many roots wait for the log");
    }
    return waiting.appended();
  }

  @Override
  public void close() {
    writer.interrupt();
  }

  private void work() {
    List<Waiting> group = new ArrayList<>();
    while (true) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      gather(group);
      write(group);
      group.clear();
    }
  }

  private void gather(List<Waiting> group) {
    int rows = group.getFirst().rows().size();
    Waiting next = queue.peek();
    while (next != null && rows + next.rows().size() <= RootStore.MOST_ROWS) {
      rows += next.rows().size();
      // This thread alone takes from the queue: what it saw is still at its head.
      group.add(queue.remove());
      next = queue.peek();
    }
  }

  private void write(List<Waiting> group) {
    try {
      chain.append(group.stream().flatMap(waiting -> waiting.rows().stream()).toList());
      group.forEach(waiting -> waiting.appended().complete(null));
    } catch (RuntimeException | Error e) {
      // Whatever it was, it is these rows' own: the thread lives on for the next.
      group.forEach(waiting -> waiting.appended().completeExceptionally(e));
    }
  }
}
