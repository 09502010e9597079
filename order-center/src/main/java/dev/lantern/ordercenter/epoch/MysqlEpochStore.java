package dev.lantern.ordercenter.epoch;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Statements;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// [EpochStore] on MySQL.
public final class MysqlEpochStore implements EpochStore {
  private static final String FOREIGN_LEASE =
      " from budget_leases l where l.state <> ? and l.log like 'KAFKA:%' and not exists (select 1"
          + " from redis_epoch_ends e where e.epoch_id = ? and l.log = concat('KAFKA:',"
          + " e.topic_id))";

  /// Longer than an instance accepts after its last mark and clocks differ; the wallet's reader
  /// asks for as much.
  private static final String GAP_OVER = "g.marked_at + interval 10 second";

  private final Database database;

  public MysqlEpochStore(Database database) {
    this.database = database;
  }

  @Override
  public Standing standing(Collection<String> epochIds) {
    Set<String> recorded = new HashSet<>();
    Set<String> settled = new HashSet<>();
    if (!epochIds.isEmpty()) {
      for (Row row :
          database.query(
              "select epoch_id, settled_at from redis_epochs where epoch_id in "
                  + Rows.in(epochIds.size()),
              epochIds.toArray())) {
        recorded.add(row.getString("epoch_id"));
        if (row.findInstant("settled_at").isPresent()) {
          settled.add(row.getString("epoch_id"));
        }
      }
    }
    return new Standing(recorded, settled);
  }

  @Override
  public void record(String epochId, Lane lane, String runId, Instant setAt, List<End> ends) {
    try {
      database.inTransaction(tx -> {
        tx.update(
            "insert into redis_epochs (epoch_id, lane, run_id, set_at) values (?, ?, ?, ?)",
            epochId,
            lane.getNumber(),
            runId,
            setAt);
        insert(tx, epochId, ends);
        return ends.size();
      });
    } catch (DuplicateKeyException another) {
      // Another keeper recorded it, with ends of its own read after the keys were set.
    }
  }

  @Override
  public void addEnds(String epochId, List<End> ends) {
    try {
      insert(database, epochId, ends);
    } catch (DuplicateKeyException another) {
      // Another keeper was faster; its ends are as good.
    }
  }

  @Override
  public Set<String> topicsMissing(String epochId) {
    return database
        .query(
            "select distinct substring(l.log, 7) as topic_id" + FOREIGN_LEASE,
            LeaseState.CLOSED.code(),
            epochId)
        .stream()
        .map(row -> row.getString("topic_id"))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> topicsAhead(String epochId, Lane lane) {
    return database
        .query(
            "select distinct e.topic_id from redis_epoch_ends e left join queue_offsets q on q.lane"
                + " = ? and q.topic_id = e.topic_id and q.partition_no = e.partition_no where"
                + " e.epoch_id = ? and (q.next_offset is null or q.next_offset < e.queue_end)",
            lane.getNumber(),
            epochId)
        .stream()
        .map(row -> row.getString("topic_id"))
        .collect(Collectors.toSet());
  }

  @Override
  public void dropEnds(String epochId, String topicId) {
    database.update(
        "delete from redis_epoch_ends where epoch_id = ? and topic_id = ?", epochId, topicId);
  }

  @Override
  public boolean settleIfPassed(String epochId, Lane lane) {
    return database.update(
            "update redis_epochs set settled_at = utc_timestamp(6) where epoch_id = ? and"
                + " settled_at is null and not exists (select 1 from redis_epoch_ends e left join"
                + " queue_offsets q on q.lane = ? and q.topic_id = e.topic_id and q.partition_no ="
                + " e.partition_no where e.epoch_id = ? and (q.next_offset is null or"
                + " q.next_offset < e.queue_end)) and not exists (select 1"
                + FOREIGN_LEASE
                + ")",
            epochId,
            lane.getNumber(),
            epochId,
            LeaseState.CLOSED.code(),
            epochId)
        == 1;
  }

  @Override
  public Optional<Instant> gapBehindUs(String epochId, Lane lane) {
    return database
        .query(
            "select utc_timestamp(6) as now from redis_epochs e join claim_gaps g on g.lane = ?"
                + " where e.epoch_id = ? and "
                + GAP_OVER
                + " < utc_timestamp(6) and (e.ends_read_at is null or e.ends_read_at < "
                + GAP_OVER
                + ")",
            lane.getNumber(),
            epochId)
        .stream()
        .map(row -> row.getInstant("now"))
        .findFirst();
  }

  @Override
  public void replaceEnds(String epochId, Instant asOf, List<End> ends) {
    var _ =
        database.inTransaction(tx -> {
          long ours =
              tx.update(
                  "update redis_epochs set settled_at = null, ends_read_at = ? where epoch_id = ?"
                      + " and (ends_read_at is null or ends_read_at < ?)",
                  asOf,
                  epochId,
                  asOf);
          if (ours == 1) {
            tx.update("delete from redis_epoch_ends where epoch_id = ?", epochId);
            insert(tx, epochId, ends);
          }
          return ours;
        });
  }

  private static void insert(Statements statements, String epochId, List<End> ends) {
    Rows rows = new Rows(4);
    ends.forEach(end -> rows.add(epochId, end.topicId(), end.partition(), end.end()));
    statements.update(
        "insert into redis_epoch_ends (epoch_id, topic_id, partition_no, queue_end) "
            + rows.values(),
        rows.args());
  }
}
