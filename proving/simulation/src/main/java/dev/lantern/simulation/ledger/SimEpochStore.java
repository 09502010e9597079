package dev.lantern.simulation.ledger;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.epoch.EpochStore;
import dev.lantern.ordercenter.order.Epochs;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/// [EpochStore] and [Epochs] over [Tables].
public final class SimEpochStore implements EpochStore, Epochs {
  private final Tables tables;
  private final LongSupplier nanos;

  public SimEpochStore(Tables tables, LongSupplier nanos) {
    this.tables = tables;
    this.nanos = nanos;
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
  public Optional<Instant> gapBehindUs(String epochId, Lane lane) {
    Instant now = LifeClock.BEGIN.plusNanos(nanos.getAsLong());
    Tables.Epoch epoch = tables.epochs.get(epochId);
    Instant gap = tables.claimGap;
    if (epoch == null || gap == null || !gap.plus(Tables.GAP_OVER).isBefore(now)) {
      return Optional.empty();
    }
    Instant read = epoch.endsReadAt;
    boolean before = read == null || read.isBefore(gap.plus(Tables.GAP_OVER));
    return before ? Optional.of(now) : Optional.empty();
  }

  @Override
  public void replaceEnds(String epochId, Instant asOf, List<End> ends) {
    Tables.Epoch epoch = Objects.requireNonNull(tables.epochs.get(epochId));
    Instant read = epoch.endsReadAt;
    if (read == null || read.isBefore(asOf)) {
      epoch.settled = false;
      epoch.endsReadAt = asOf;
      epoch.ends.clear();
      epoch.topics.clear();
      addEnds(epochId, ends);
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
  public Set<String> topicsAhead(String epochId, Lane lane) {
    Tables.Epoch epoch = Objects.requireNonNull(tables.epochs.get(epochId));
    Set<String> ahead = new TreeSet<>();
    for (String topicId : epoch.topics) {
      boolean passed =
          epoch.ends.entrySet().stream()
              .filter(end -> end.getKey().startsWith(topicId + "/"))
              .allMatch(this::isPassed);
      if (!passed) {
        ahead.add(topicId);
      }
    }
    return ahead;
  }

  @Override
  public void dropEnds(String epochId, String topicId) {
    Tables.Epoch epoch = Objects.requireNonNull(tables.epochs.get(epochId));
    epoch.topics.remove(topicId);
    epoch.ends.keySet().removeIf(place -> place.startsWith(topicId + "/"));
  }

  private boolean isPassed(Map.Entry<String, Long> end) {
    Tables.Offset row = tables.offsets.get(end.getKey());
    return row != null && row.nextOffset >= end.getValue();
  }

  @Override
  public boolean settleIfPassed(String epochId, Lane lane) {
    Tables.Epoch epoch = tables.epochs.get(epochId);
    if (epoch == null || epoch.settled || !topicsMissing(epochId).isEmpty()) {
      return false;
    }
    boolean passed = epoch.ends.entrySet().stream().allMatch(this::isPassed);
    epoch.settled = passed;
    return passed;
  }

  @Override
  public boolean isSettled(String epochId) {
    Tables.Epoch epoch = tables.epochs.get(epochId);
    return epoch != null && epoch.settled;
  }
}
