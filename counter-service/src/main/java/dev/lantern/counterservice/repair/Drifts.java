package dev.lantern.counterservice.repair;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.replica.Replicas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares the two Redis, counter by counter. Throws ReplicaUnavailableException while one of them
/// does not answer: what cannot be asked is not known to agree.
public final class Drifts {

  private final Replicas replicas;

  public Drifts(Replicas replicas) {
    this.replicas = replicas;
  }

  /// At most `size` counters of a lane, by name, after this one.
  public List<Drift> after(int lane, String name, int size) {
    Set<String> names = new TreeSet<>();
    replicas
        .both()
        .forEach(replica -> replica.counters(lane).forEach(counter -> names.add(counter.name())));
    List<CounterKey> counters =
        names.stream()
            .filter(each -> each.compareTo(name) > 0)
            .limit(size)
            .map(each -> new CounterKey(lane, each))
            .toList();
    Map<CounterKey, Long> sumsA = replicas.a().sums(counters);
    Map<CounterKey, Long> sumsB = replicas.b().sums(counters);
    Map<CounterKey, Map<String, Long>> slotsA = replicas.a().slots(counters);
    Map<CounterKey, Map<String, Long>> slotsB = replicas.b().slots(counters);
    return counters.stream()
        .map(counter ->
            Drift.of(
                counter.name(),
                sumsA.getOrDefault(counter, 0L),
                sumsB.getOrDefault(counter, 0L),
                slotsA.getOrDefault(counter, Map.of()),
                slotsB.getOrDefault(counter, Map.of())))
        .toList();
  }
}
