package dev.lantern.counterservice.repair;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.CounterReplica.Taken;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Probes both Redis each round and repairs when one of them lacks something, and in any case once
/// in a while: on a cluster a single shard can lose its data without the probe noticing. To be run
/// by one thread.
public final class Repairer {

  private static final Logger log = LoggerFactory.getLogger(Repairer.class);

  /// Counters compared in one go.
  private static final int PAGE = 200;

  /// Slots raised in one go.
  private static final int BATCH = 500;

  private final Replicas replicas;
  private final List<Integer> lanes;
  private final Duration sweepEvery;
  private final InstantSource clock;
  private final AtomicLong repaired = new AtomicLong();
  private Instant nextSweep = Instant.MIN;

  public Repairer(
      Replicas replicas, List<Integer> lanes, Duration sweepEvery, InstantSource clock) {
    this.replicas = replicas;
    this.lanes = List.copyOf(lanes);
    this.sweepEvery = sweepEvery;
    this.clock = clock;
  }

  /// How many slots were raised until now.
  public long repaired() {
    return repaired.get();
  }

  /// One round. A Redis that fails on the way is left for the next one.
  public void round() {
    boolean a = replicas.a().probe();
    boolean b = replicas.b().probe();
    boolean whole = replicas.a().isWhole() && replicas.b().isWhole();
    if (!a || !b || (whole && clock.instant().isBefore(nextSweep))) {
      return;
    }
    try {
      repair();
      nextSweep = clock.instant().plus(sweepEvery);
    } catch (ReplicaUnavailableException e) {
      log.warn("repair stopped, a Redis is gone: {}", e.getMessage());
    }
  }

  private void repair() {
    long lacksA = replicas.a().lacks();
    long lacksB = replicas.b().lacks();
    int raised = 0;
    for (int lane : lanes) {
      Set<CounterKey> all = new HashSet<>(replicas.a().counters(lane));
      all.addAll(replicas.b().counters(lane));
      List<CounterKey> counters = List.copyOf(all);
      for (int from = 0; from < counters.size(); from += PAGE) {
        raised += repair(counters.subList(from, Math.min(counters.size(), from + PAGE)));
      }
    }
    replicas.a().settle(lacksA);
    replicas.b().settle(lacksB);
    repaired.addAndGet(raised);
    if (raised > 0) {
      log.info("repaired {} slots", raised);
    }
  }

  private int repair(List<CounterKey> counters) {
    Map<CounterKey, Map<String, Long>> a = replicas.a().slots(counters);
    Map<CounterKey, Map<String, Long>> b = replicas.b().slots(counters);
    return raise(replicas.a(), behind(a, b)) + raise(replicas.b(), behind(b, a));
  }

  /// The slots in which `mine` is under `theirs`, with their totals.
  static List<SlotTotal> behind(
      Map<CounterKey, Map<String, Long>> mine, Map<CounterKey, Map<String, Long>> theirs) {
    List<SlotTotal> behind = new ArrayList<>();
    theirs.forEach((counter, slots) -> {
      Map<String, Long> known = mine.getOrDefault(counter, Map.of());
      slots.forEach((slot, total) -> {
        if (known.getOrDefault(slot, -1L) < total) {
          behind.add(new SlotTotal(counter, slot, total));
        }
      });
    });
    return behind;
  }

  private static int raise(WatchedReplica replica, List<SlotTotal> totals) {
    for (int from = 0; from < totals.size(); from += BATCH) {
      List<SlotTotal> batch = totals.subList(from, Math.min(totals.size(), from + BATCH));
      List<Taken> taken = replica.raise(batch, Limits.none());
      for (int i = 0; i < batch.size(); i++) {
        if (taken.get(i) != Taken.YES) {
          log.error("{} does not take {}: {}", replica.source(), batch.get(i), taken.get(i));
        }
      }
    }
    return totals.size();
  }
}
