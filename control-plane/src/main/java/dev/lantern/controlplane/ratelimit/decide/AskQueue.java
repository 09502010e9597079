package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.ratelimit.bucket.Buckets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/// The keys to be asked for, in the order of their first call; each is in it once.
public final class AskQueue implements Asks {
  private static final int MOST = 8_192;

  private final ArrayBlockingQueue<Holding> queue = new ArrayBlockingQueue<>(MOST);
  private final Standing standing;

  public AskQueue(Standing standing) {
    this.standing = standing;
  }

  @Override
  public boolean offer(Holding holding) {
    return standing.answers() && queue.offer(holding);
  }

  /// Waits for one, and takes what else is there, up to one request's worth.
  List<Holding> take() throws InterruptedException {
    var some = new ArrayList<Holding>();
    some.add(queue.take());
    var _ = queue.drainTo(some, Buckets.MOST_ASKS - 1);
    return some;
  }
}
