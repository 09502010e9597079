package dev.lantern.ordercenter.campaign;

import dev.lantern.common.v1.Lane;
import java.time.Instant;

/// How many orders a second a scene takes, over all instances.
@FunctionalInterface
public interface SceneRates {
  /// Whether the scene takes one more now; what is let in counts.
  boolean admits(Lane lane, String sceneId, int perSecond, Instant now);
}
