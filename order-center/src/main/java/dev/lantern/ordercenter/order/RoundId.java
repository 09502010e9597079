package dev.lantern.ordercenter.order;

import java.util.regex.Pattern;

/// A round as callers name it: the scene and, in it, the number of the rain (0 in a scene without
/// rounds).
public record RoundId(String sceneId, int rainId) {
  private static final Pattern SCENE = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public RoundId {
    if (!SCENE.matcher(sceneId).matches()) {
      throw new IllegalArgumentException("not a scene id: " + sceneId);
    }
    if (rainId < 0) {
      throw new IllegalArgumentException("rain_id is never negative: " + rainId);
    }
  }
}
