package dev.lantern.simulation.ledger;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.epoch.EpochStore;
import dev.lantern.ordercenter.order.Epochs;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// [EpochStore] and [Epochs] over [Tables].
public final class SimEpochStore implements EpochStore, Epochs {
  private final Tables tables;

  public SimEpochStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Standing standing(Collection<String> epochIds) {
    Set<String> recorded = new HashSet<>();
    Set<String> settled = new HashSet<>();
    for (String id : epochIds) {
      Tables.Epoch epoch = tables.epochs.get(id);
      if (epoch != null) {
        recorded.add(id);
        if (epoch.settled) {
          settled.add(id);
        }
      }
    }
    return new Standing(recorded, settled);
  }

  @Override
  public void record(String epochId, Lane lane, String runId, Instant setAt, List<End> ends) {
    if (!tables.epochs.containsKey(epochId)) {
      tables.epochs.put(epochId, new Tables.Epoch());
      addEnds(epochId, ends);
    }
  }

  @Override
  public void addEnds(String epochId, List<End> ends) {
    Tables.Epoch epoch = Objects.requireNonNull(tables.epochs.get(epochId));
    if (ends.stream().noneMatch(end -> epoch.topics.contains(end.topicId()))) {
      for (End end : ends) {
        epoch.ends.put(Tables.place(end.topicId(), end.partition()), end.end());
      }
      ends.forEach(end -> epoch.topics.add(end.topicId()));
    }
  }

  @Override
  public Set<String> topicsMissing(String epochId) {
    Tables.Epoch epoch = tables.epochs.get(epochId);
    Set<String> missing = new TreeSet<>();
    for (Lease lease : tables.leases.values()) {
      if (LogName.kindOf(lease.log) != LogName.Kind.KAFKA) {
        continue;
      }
      String topicId = LogName.topicIdOf(lease.log);
      if (lease.isUnclosed() && (epoch == null || !epoch.topics.contains(topicId))) {
        missing.add(topicId);
      }
    }
    return missing;
  }

  @Override
  public boolean settleIfPassed(String epochId, Lane lane) {
    Tables.Epoch epoch = tables.epochs.get(epochId);
    if (epoch == null || epoch.settled || !topicsMissing(epochId).isEmpty()) {
      return false;
    }
    boolean passed =
        epoch.ends.entrySet().stream()
            .allMatch(end -> {
              Tables.Offset row = tables.offsets.get(end.getKey());
              return row != null && row.nextOffset >= end.getValue();
            });
    epoch.settled = passed;
    return passed;
  }

  @Override
  public boolean isSettled(String epochId) {
    Tables.Epoch epoch = tables.epochs.get(epochId);
    return epoch != null && epoch.settled;
  }
}
