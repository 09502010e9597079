package dev.lantern.counterservice;

import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;

/// What trials left in both Redis. Throws ReplicaUnavailableException while one does not answer:
/// what cannot be asked is not known to be gone.
final class Trials {
  private static final int STRESS = 2;

  private final Replicas replicas;

  Trials(Replicas replicas) {
    this.replicas = replicas;
  }

  /// How many counters, over both.
  long count() {
    return replicas.both().stream().mapToLong(replica -> replica.counters(STRESS).size()).sum();
  }

  /// Deletes them on both. A repair between the two can bring some back; the count tells.
  void clear() {
    for (int pass = 0; pass < 2; pass++) {
      for (WatchedReplica replica : replicas.both()) {
        replica.clear(STRESS);
      }
    }
  }
}
