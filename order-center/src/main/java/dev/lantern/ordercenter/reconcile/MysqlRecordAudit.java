package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [RecordAudit] in MySQL.
public final class MysqlRecordAudit implements RecordAudit {
  private static final long ALL = 0;

  private final Database database;
  private final MysqlBookingStore books;

  public MysqlRecordAudit(Database database) {
    this.database = database;
    this.books = new MysqlBookingStore(database);
  }

  @Override
  public Books lookUp(List<LogRecord> records) {
    return books.lookUp(records);
  }

  @Override
  public Map<Long, Long> voidFrom(int partition, Collection<Long> leases) {
    Map<Long, Long> from = new HashMap<>();
    if (leases.isEmpty()) {
      return from;
    }
    leases.forEach(lease -> from.put(lease, ALL));
    List<Object> args = new ArrayList<>(List.of(partition));
    args.addAll(leases);
    for (Row row :
        database.query(
            "select lease_id, fenced, coalesce(queue_end, 0) as queue_end from lease_booked"
                + " where partition_no = ? and lease_id in "
                + Rows.in(leases.size()),
            args.toArray())) {
      if (row.getBoolean("fenced")) {
        from.put(row.getLong("lease_id"), row.getLong("queue_end"));
      } else {
        from.remove(row.getLong("lease_id"));
      }
    }
    return from;
  }
}
