package dev.lantern.counterservice.write;

import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.CounterReplica.Taken;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Runs a report on both Redis side by side. One that is known not to answer is passed over, so
/// that a frozen Redis costs its deadline once and not with every report; when neither answers,
/// both are tried.
public final class Adder {

  private final Replicas replicas;
  private final Limits limits;
  private final ExecutorService threads;

  /// `threads` gives each call a thread of its own (virtual ones do).
  public Adder(Replicas replicas, Limits limits, ExecutorService threads) {
    this.replicas = replicas;
    this.limits = limits;
    this.threads = threads;
  }

  public Added add(List<SlotTotal> totals) {
    Map<WatchedReplica, List<Taken>> answers = ask(totals);
    // After the other one has taken it: a repair that runs meanwhile must not settle this lack. Of
    // two that have not answered either may have it, and its writer may die before it says so
    // again.
    for (WatchedReplica replica : replicas.both()) {
      if (!answers.containsKey(replica)) {
        replica.lacked();
      }
    }
    if (answers.isEmpty()) {
      return new Added.Nowhere();
    }
    for (List<Taken> taken : answers.values()) {
      for (int i = 0; i < taken.size(); i++) {
        if (taken.get(i) != Taken.YES) {
          return new Added.Refused(i, taken.get(i));
        }
      }
    }
    return new Added.By(answers.size());
  }

  private Map<WatchedReplica, List<Taken>> ask(List<SlotTotal> totals) {
    Map<WatchedReplica, Future<List<Taken>>> asked = new LinkedHashMap<>();
    for (WatchedReplica replica : targets()) {
      asked.put(replica, threads.submit(() -> replica.raise(totals, limits)));
    }
    Map<WatchedReplica, List<Taken>> answers = new LinkedHashMap<>();
    asked.forEach((replica, future) -> {
      List<Taken> taken = answer(future);
      if (!taken.isEmpty()) {
        answers.put(replica, taken);
      }
    });
    return answers;
  }

  private List<WatchedReplica> targets() {
    List<WatchedReplica> reachable = new ArrayList<>(replicas.both());
    reachable.removeIf(replica -> !replica.isReachable());
    return reachable.isEmpty() ? replicas.both() : reachable;
  }

  /// The answer, or nothing when there was none: a report is never empty.
  private static List<Taken> answer(Future<List<Taken>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ReplicaUnavailableException) {
        return List.of();
      }
      throw new IllegalStateException("a replica broke its contract", e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
