package dev.lantern.ordercenter.settle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The partitions that this process holds; at most one claim each. Safe for threads.
public final class Holdings {
  private final Map<PartitionId, Holding> held = new ConcurrentHashMap<>();

  void add(Holding holding) {
    held.put(holding.id(), holding);
  }

  /// Drops a claim, unless it has been replaced by a newer one.
  void remove(Holding holding) {
    held.remove(holding.id(), holding);
  }

  Collection<Holding> all() {
    return List.copyOf(held.values());
  }

  Optional<Holding> of(PartitionId id) {
    return Optional.ofNullable(held.get(id));
  }

  /// The claims that are not about to be given up.
  public List<Claim> claims() {
    return held.values().stream().filter(h -> !h.isLeaving()).map(Holding::claim).toList();
  }
}
