package dev.lantern.simulation.ledger;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.OffsetStore;
import dev.lantern.ordercenter.settle.PartitionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// [OffsetStore] over [Tables].
public final class SimOffsetStore implements OffsetStore {
  private final Tables tables;

  public SimOffsetStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void ensureRows(LogName log) {
    for (int partition = 0; partition < log.partitions(); partition++) {
      int number = partition;
      tables.offsets.computeIfAbsent(
          Tables.place(log.topicId(), partition), _ -> new Tables.Offset(log, number));
    }
  }

  @Override
  public List<OffsetRow> rows(Lane lane) {
    return tables.offsets.values().stream()
        .filter(row -> row.log.lane() == lane)
        .map(Tables.Offset::read)
        .toList();
  }

  @Override
  public Optional<OffsetRow> row(PartitionId id) {
    return Optional.ofNullable(at(id)).map(Tables.Offset::read);
  }

  @Override
  public Optional<Long> take(OffsetRow seen, String worker) {
    Tables.Offset row = tables.offsets.get(Tables.place(seen.topicId(), seen.partition()));
    if (row == null || row.epoch != seen.epoch() || row.seq != seen.seq()) {
      return Optional.empty();
    }
    row.owner = worker;
    row.epoch++;
    row.seq++;
    return Optional.of(row.epoch);
  }

  @Override
  public void release(Claim claim) {
    Tables.Offset row = at(claim.id());
    if (row != null && row.epoch == claim.epoch()) {
      row.owner = OffsetRow.NOBODY;
      row.epoch++;
      row.seq++;
    }
  }

  @Override
  public long touch(Collection<Claim> claims) {
    long touched = 0;
    for (Claim claim : claims) {
      Tables.Offset row = at(claim.id());
      if (row != null && row.epoch == claim.epoch()) {
        row.seq++;
        touched++;
      }
    }
    return touched;
  }

  @Override
  public void beat(String worker, Instant now) {
    tables.workers.merge(worker, 1L, Long::sum);
  }

  @Override
  public Map<String, Long> workers() {
    return new TreeMap<>(tables.workers);
  }

  @Override
  public void forget(String worker, long seq) {
    tables.workers.remove(worker, seq);
  }

  private Tables.@Nullable Offset at(PartitionId id) {
    return tables.offsets.get(Tables.place(id.log().topicId(), id.partition()));
  }
}
