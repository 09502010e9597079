package dev.lantern.controlplane.limits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each limiter was last heard to run. Of those that went, the last few are remembered.
final class Standings {
  private static final int MOST = 128;

  private final Map<String, Standing> byName = new LinkedHashMap<>();

  /// @param error why it does not run the newest; empty when it does
  record Standing(String name, boolean connected, long revision, String error, Instant at) {}

  synchronized void heard(Standing standing) {
    byName.remove(standing.name());
    byName.put(standing.name(), standing);
    if (byName.size() > MOST) {
      byName.remove(byName.keySet().iterator().next());
    }
  }

  synchronized void gone(String name, Instant at) {
    byName.computeIfPresent(
        name, (_, was) -> new Standing(name, false, was.revision(), was.error(), at));
  }

  synchronized List<Standing> all() {
    return new ArrayList<>(byName.values());
  }
}
