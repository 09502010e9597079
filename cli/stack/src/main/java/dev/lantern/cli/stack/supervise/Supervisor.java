package dev.lantern.cli.stack.supervise;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.process.Processes;
import dev.lantern.cli.stack.supervise.PartKeeper.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/// All keepers of one stack.
final class Supervisor {
  private final Processes processes;
  private final Board board;
  private final RandomGenerator random;
  private final Map<String, PartKeeper> keepers = new LinkedHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  Supervisor(Processes processes, Board board, RandomGenerator random) {
    this.processes = processes;
    this.board = board;
    this.random = random;
  }

  synchronized void add(Part part) {
    if (keepers.containsKey(part.name())) {
      return;
    }
    var keeper = new PartKeeper(part, processes, board, new Backoff(random));
    keepers.put(part.name(), keeper);
    board.add(part);
    Thread.ofPlatform().name(part.name()).start(keeper);
  }

  /// Stops a part for good and forgets it.
  synchronized void remove(String name) {
    keeper(name).want(Wish.END);
    keepers.remove(name);
    board.remove(name);
  }

  synchronized void stop(String name) {
    keeper(name).want(Wish.REST);
  }

  synchronized void start(String name) {
    keeper(name).want(Wish.RUN);
  }

  synchronized Set<String> names() {
    return Set.copyOf(keepers.keySet());
  }

  /// Stops everything, a part only after all that needs it, and returns when all is gone.
  synchronized void stopAll() throws InterruptedException {
    var left = new ArrayList<>(keepers.values());
    while (!left.isEmpty()) {
      List<PartKeeper> idle =
          left.stream().filter(keeper -> !needed(keeper.part().name(), left)).toList();
      List<PartKeeper> round = idle.isEmpty() ? List.copyOf(left) : idle;
      var threads = new ArrayList<Thread>();
      for (PartKeeper keeper : round) {
        threads.add(Thread.ofVirtual().start(() -> keeper.want(Wish.END)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      left.removeAll(round);
    }
    stopped.countDown();
  }

  void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  private static boolean needed(String name, List<PartKeeper> by) {
    return by.stream().anyMatch(keeper -> keeper.part().after().contains(name));
  }

  private PartKeeper keeper(String name) {
    PartKeeper keeper = keepers.get(name);
    if (keeper == null) {
      throw new StackException(
          "no part is called " + name, "the parts are " + String.join(", ", keepers.keySet()));
    }
    return keeper;
  }
}
