package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [InboxRows] in MySQL.
public final class MysqlInboxRows implements InboxRows {
  private static final Logger LOG = LoggerFactory.getLogger(MysqlInboxRows.class);

  private final Database database;

  public MysqlInboxRows(Database database) {
    this.database = database;
  }

  @Override
  public Map<Integer, List<InboxRow>> oldest(Collection<Integer> partitions, int limit) {
    Map<Integer, List<InboxRow>> oldest = new HashMap<>();
    if (partitions.isEmpty()) {
      return oldest;
    }
    for (Row row : database.query(each(partitions.size(), limit), partitions.toArray())) {
      oldest
          .computeIfAbsent(row.getInt("partition_no"), _ -> new ArrayList<>())
          .add(
              new InboxRow(
                  row.getLong("act_id"),
                  row.getString("order_no"),
                  ByteString.copyFrom(row.getBytes("record"))));
    }
    return oldest;
  }

  /// What waits of one user and can be read, oldest first, at most `limit`. The rest is parked by
  /// who drains it.
  public List<Promise> ofUser(long actId, int limit) {
    List<Promise> waiting = new ArrayList<>();
    for (Row row :
        database.query(
            "select record from inbox where act_id = ? order by created_at, order_no limit "
                + limit,
            actId)) {
      try {
        waiting.add(RecordReader.promise(ByteString.copyFrom(row.getBytes("record"))));
      } catch (InvalidProtocolBufferException | IllegalArgumentException unreadable) {
        LOG.warn("a row of {}'s in the inbox cannot be read", actId, unreadable);
      }
    }
    return waiting;
  }

  // Each partition by itself along the index: a limit over all of them would sort all their rows,
  // and let the backlog of one keep the others waiting.
  private static String each(int partitions, int limit) {
    String one =
        "(select partition_no, act_id, order_no, record from inbox where partition_no = ?"
            + " order by created_at, act_id, order_no limit "
            + limit
            + ")";
    return one + (" union all " + one).repeat(partitions - 1);
  }
}
