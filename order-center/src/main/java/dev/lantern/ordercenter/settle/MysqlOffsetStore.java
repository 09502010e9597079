package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// [OffsetStore] on MySQL.
public final class MysqlOffsetStore implements OffsetStore {
  private static final String COLUMNS =
      "lane, topic_id, partition_no, next_offset, owner, epoch, seq";
  private static final String KEY = "lane = ? and topic_id = ? and partition_no = ?";

  private final Database database;

  public MysqlOffsetStore(Database database) {
    this.database = database;
  }

  @Override
  public void ensureRows(LogName log) {
    Set<Integer> present =
        rows(log.lane()).stream()
            .filter(row -> row.topicId().equals(log.topicId()))
            .map(OffsetRow::partition)
            .collect(Collectors.toSet());
    for (int partition = 0; partition < log.partitions(); partition++) {
      if (!present.contains(partition)) {
        insert(log, partition);
      }
    }
  }

  private void insert(LogName log, int partition) {
    try {
      database.update(
          "insert into queue_offsets (" + COLUMNS + ") values (?, ?, ?, 0, ?, 0, 0)",
          log.lane().getNumber(),
          log.topicId(),
          partition,
          OffsetRow.NOBODY);
    } catch (DuplicateKeyException another) {
      // Another worker was faster; the row is what we wanted.
    }
  }

  @Override
  public List<OffsetRow> rows(Lane lane) {
    return database
        .query("select " + COLUMNS + " from queue_offsets where lane = ?", lane.getNumber())
        .stream()
        .map(MysqlOffsetStore::read)
        .toList();
  }

  @Override
  public Optional<OffsetRow> row(PartitionId id) {
    return database
        .query(
            "select " + COLUMNS + " from queue_offsets where " + KEY,
            id.log().lane().getNumber(),
            id.log().topicId(),
            id.partition())
        .stream()
        .map(MysqlOffsetStore::read)
        .findFirst();
  }

  @Override
  public Optional<Long> take(OffsetRow seen, String worker) {
    long rows =
        database.update(
            "update queue_offsets set owner = ?, epoch = epoch + 1, seq = seq + 1 where "
                + KEY
                + " and epoch = ? and seq = ?",
            worker,
            seen.lane().getNumber(),
            seen.topicId(),
            seen.partition(),
            seen.epoch(),
            seen.seq());
    return rows == 1 ? Optional.of(seen.epoch() + 1) : Optional.empty();
  }

  @Override
  public void release(Claim claim) {
    database.update(
        "update queue_offsets set owner = ?, epoch = epoch + 1, seq = seq + 1 where "
            + KEY
            + " and epoch = ?",
        OffsetRow.NOBODY,
        claim.id().log().lane().getNumber(),
        claim.id().log().topicId(),
        claim.id().partition(),
        claim.epoch());
  }

  @Override
  public long touch(Collection<Claim> claims) {
    if (claims.isEmpty()) {
      return 0;
    }
    Object[] args = new Object[4 * claims.size()];
    int n = 0;
    for (Claim claim : claims) {
      args[n++] = claim.id().log().lane().getNumber();
      args[n++] = claim.id().log().topicId();
      args[n++] = claim.id().partition();
      args[n++] = claim.epoch();
    }
    String one = "(" + KEY + " and epoch = ?)";
    return database.update(
        "update queue_offsets set seq = seq + 1 where "
            + one
            + (" or " + one).repeat(claims.size() - 1),
        args);
  }

  @Override
  public void beat(String worker, Instant now) {
    database.update(
        "insert into settle_workers (owner, seq, started_at) values (?, 1, ?)"
            + " on duplicate key update seq = seq + 1",
        worker,
        now);
  }

  @Override
  public Map<String, Long> workers() {
    Map<String, Long> workers = new HashMap<>();
    for (Row row : database.query("select owner, seq from settle_workers")) {
      workers.put(row.getString("owner"), row.getLong("seq"));
    }
    return workers;
  }

  @Override
  public void forget(String worker, long seq) {
    database.update("delete from settle_workers where owner = ? and seq = ?", worker, seq);
  }

  private static OffsetRow read(Row row) {
    return new OffsetRow(
        Lane.forNumber(row.getInt("lane")),
        row.getString("topic_id"),
        row.getInt("partition_no"),
        row.getLong("next_offset"),
        row.getString("owner"),
        row.getLong("epoch"),
        row.getLong("seq"));
  }
}
