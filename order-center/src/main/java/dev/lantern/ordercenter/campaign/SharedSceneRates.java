package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// [SceneRates] counted once for all instances, a handful at a time.
///
/// An instance takes admissions for the current second from one shared count, a fiftieth of the
/// rate at a time, and lets orders in from what it holds: at most fifty calls a second and instance
/// however high the rate, one call an order where the rate is low, none once the second is used up.
/// What it holds lapses with its second, so over any longer while no more than the rate is let in.
/// Seconds are each instance's own: clocks that differ only shift who takes from which second.
///
/// While the count is away each instance lets in the whole rate by itself: a bound still, and not a
/// reason to refuse.
///
/// Bound: a small object a scene that has a rate; trees bound how many there are.
public final class SharedSceneRates implements SceneRates {
  private static final int SHARES = 50;

  private final Count count;
  private final Map<String, Second> seconds = new ConcurrentHashMap<>();

  public SharedSceneRates(Count count) {
    this.count = count;
  }

  @Override
  public boolean admits(Lane lane, String sceneId, int perSecond, Instant now) {
    long second = now.getEpochSecond();
    return seconds
        .compute(
            lane.getNumber() + "." + sceneId,
            (_, before) -> before == null || second > before.second ? new Second(second) : before)
        .admits(lane, sceneId, perSecond);
  }

  /// What all instances have let in during one second.
  @FunctionalInterface
  public interface Count {
    /// How long a call may take: orders wait for it.
    Duration PATIENCE = Duration.ofMillis(50);

    /// Takes up to `wanted` of what is left of `perSecond`, and says how many.
    ///
    /// @throws dev.lantern.stores.redis.RedisUnavailableException when it could not within
    ///   [#PATIENCE]
    int take(Lane lane, String sceneId, long second, int wanted, int perSecond);
  }

  /// What one scene is let in during one second. A clock that steps back, or a call that read it a
  /// moment ago, begins no second anew.
  ///
  /// Only who needs the count's answer waits for it: not who finds an admission held, nor who comes
  /// in the next second.
  private final class Second {
    private final long second;
    private final AtomicInteger held = new AtomicInteger();
    private final ReentrantLock asking = new ReentrantLock();
    private volatile boolean usedUp;

    Second(long second) {
      this.second = second;
    }

    boolean admits(Lane lane, String sceneId, int perSecond) {
      if (takesHeld()) {
        return true;
      }
      if (usedUp) {
        // What came with the last answer may have been put there since.
        return takesHeld();
      }
      asking.lock();
      try {
        return takesHeld() || (!usedUp && refills(lane, sceneId, perSecond));
      } finally {
        asking.unlock();
      }
    }

    private boolean takesHeld() {
      return held.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    // One of what came is the asker's. It is there to be held before the second is called used up.
    private boolean refills(Lane lane, String sceneId, int perSecond) {
      int wanted = Math.max(1, perSecond / SHARES);
      int granted;
      boolean last;
      try {
        granted = count.take(lane, sceneId, second, wanted, perSecond);
        last = granted < wanted;
      } catch (RedisUnavailableException away) {
        granted = perSecond;
        last = true;
      }
      held.addAndGet(Math.max(0, granted - 1));
      usedUp = last;
      return granted > 0;
    }
  }
}
