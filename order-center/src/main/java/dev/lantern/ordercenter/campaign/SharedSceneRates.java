package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
    return seconds
        .computeIfAbsent(lane.getNumber() + "." + sceneId, _ -> new Second())
        .admits(lane, sceneId, perSecond, now.getEpochSecond());
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

  private final class Second {
    private long second = Long.MIN_VALUE;
    private int held;
    private boolean usedUp;

    synchronized boolean admits(Lane lane, String sceneId, int perSecond, long now) {
      if (now != second) {
        second = now;
        held = 0;
        usedUp = false;
      }
      if (held == 0 && !usedUp) {
        refill(lane, sceneId, perSecond);
      }
      if (held == 0) {
        return false;
      }
      held--;
      return true;
    }

    private void refill(Lane lane, String sceneId, int perSecond) {
      int wanted = Math.max(1, perSecond / SHARES);
      try {
        held = count.take(lane, sceneId, second, wanted, perSecond);
        usedUp = held < wanted;
      } catch (RedisUnavailableException away) {
        held = perSecond;
        usedUp = true;
      }
    }
  }
}
