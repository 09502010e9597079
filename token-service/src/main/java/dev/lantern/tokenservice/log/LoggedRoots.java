package dev.lantern.tokenservice.log;

import dev.lantern.tokenservice.keys.KeyLane;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Which roots the log holds, remembering those that it does: rows are never taken out. At most
/// `most` are remembered, the longest unused is forgotten first. Safe for many threads.
public final class LoggedRoots {
  private final RootStore store;
  private final KeyLane lane;
  private final Map<RootStore.Root, Boolean> known;

  public LoggedRoots(RootStore store, KeyLane lane, int most) {
    this.store = store;
    this.lane = lane;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<RootStore.Root, Boolean> eldest) {
            return size() > most;
          }
        };
  }

  /// Those of these roots that the log holds.
  ///
  /// @throws dev.lantern.stores.sql.StoreException when it cannot be read
  public Set<RootStore.Root> held(Collection<RootStore.Root> roots) {
    Set<RootStore.Root> held = new HashSet<>();
    Set<RootStore.Root> unknown = new HashSet<>();
    synchronized (known) {
      for (RootStore.Root root : roots) {
        (known.get(root) == null ? unknown : held).add(root);
      }
    }
    Set<RootStore.Root> found = store.held(lane, unknown);
    synchronized (known) {
      found.forEach(root -> known.put(root, true));
    }
    held.addAll(found);
    return held;
  }
}
