package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.stores.sql.Database;

/// [RecordMarks] in MySQL.
public final class MysqlRecordMarks implements RecordMarks {
  private final Database database;

  public MysqlRecordMarks(Database database) {
    this.database = database;
  }

  @Override
  public long next(OffsetRow.Key partition) {
    return database
        .query(
            "select next_offset from reconcile_log_marks where topic_id = ? and partition_no = ?",
            partition.topicId(),
            partition.partition())
        .stream()
        .findFirst()
        .map(row -> row.getLong("next_offset"))
        .orElse(0L);
  }

  @Override
  public void advance(Leadership mine, OffsetRow.Key partition, long to) {
    long _ =
        database.inTransaction(tx -> {
          // Only the leader comes past this line, so nobody else inserts meanwhile.
          MysqlMarks.require(tx, mine);
          long moved =
              tx.update(
                  "update reconcile_log_marks set next_offset = ?"
                      + " where topic_id = ? and partition_no = ? and next_offset <> ?",
                  to,
                  partition.topicId(),
                  partition.partition(),
                  to);
          return moved == 1
              ? moved
              : tx.update(
                  "insert into reconcile_log_marks (topic_id, partition_no, next_offset)"
                      + " values (?, ?, ?)",
                  partition.topicId(),
                  partition.partition(),
                  to);
        });
  }
}
