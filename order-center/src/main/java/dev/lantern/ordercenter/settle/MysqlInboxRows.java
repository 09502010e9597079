package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [InboxRows] in MySQL.
public final class MysqlInboxRows implements InboxRows {
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
