package dev.lantern.ordercenter.queue;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import java.util.List;

/// [LogTable] in MySQL.
public final class MysqlLogTable implements LogTable {
  private static final String COLUMNS = "select lane, generation, topic, topic_id, partitions";
  private final Database database;

  public MysqlLogTable(Database database) {
    this.database = database;
  }

  @Override
  public List<LogName> created() {
    return database
        .query(COLUMNS + " from accept_logs where topic_id is not null order by lane, generation")
        .stream()
        .map(row ->
            new LogName(
                lane(row),
                row.getInt("generation"),
                row.getString("topic"),
                row.getString("topic_id"),
                row.getInt("partitions")))
        .toList();
  }

  @Override
  public List<Planned> planned() {
    return database
        .query(COLUMNS + " from accept_logs where topic_id is null order by lane, generation")
        .stream()
        .map(row ->
            new Planned(
                lane(row),
                row.getInt("generation"),
                row.getString("topic"),
                row.getInt("partitions")))
        .toList();
  }

  @Override
  public void plan(Planned generation) {
    try {
      database.update(
          "insert into accept_logs (lane, generation, topic, partitions, created_at)"
              + " values (?, ?, ?, ?, utc_timestamp(6))",
          generation.lane().getNumber(),
          generation.generation(),
          generation.topic(),
          generation.partitions());
    } catch (DuplicateKeyException alreadyPlanned) {
      // Another instance was first; both mean the same generation.
    }
  }

  @Override
  public void named(Planned generation, String topicId) {
    database.update(
        "update accept_logs set topic_id = ? where lane = ? and generation = ? and topic_id is null",
        topicId,
        generation.lane().getNumber(),
        generation.generation());
  }

  private static Lane lane(Row row) {
    Lane lane = Lane.forNumber(row.getInt("lane"));
    if (lane == null) {
      throw new IllegalStateException("no such lane: " + row.getInt("lane"));
    }
    return lane;
  }
}
