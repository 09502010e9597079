package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads which of a group's orders are in the books, by point reads of the primary key in one
/// statement.
final class BooksReader {
  private static final String KEYS_JOIN = " as k straight_join ";

  private final Database database;

  BooksReader(Database database) {
    this.database = database;
  }

  Books read(Collection<? extends LogRecord> records) {
    Map<String, Long> keys = new TreeMap<>();
    for (LogRecord record : records) {
      switch (record) {
        case LogRecord.Promised(_, Promise promise, _) ->
            keys.put(promise.orderNo().text(), promise.actId());
        case LogRecord.Unreadable unreadable -> keys.put(unreadable.orderNo(), unreadable.actId());
      }
    }
    if (keys.isEmpty()) {
      return Books.UNREAD;
    }
    Map<String, KnownOrder> orders = orders(keys);
    keys.keySet().retainAll(orders.keySet());
    return new Books(orders, keys.isEmpty() ? Set.of() : conflicts(keys));
  }

  private Map<String, KnownOrder> orders(Map<String, Long> keys) {
    Map<String, KnownOrder> found = new HashMap<>();
    List<Row> rows =
        database.query(
            "select o.order_no, "
                + KnownOrder.COLUMNS
                + " from "
                + table(keys)
                + KEYS_JOIN
                + "orders o on o.act_id = k.act_id and o.order_no = k.order_no",
            args(keys));
    for (Row row : rows) {
      found.put(row.getString("order_no"), KnownOrder.read(row));
    }
    return found;
  }

  private Set<ConflictKey> conflicts(Map<String, Long> keys) {
    Set<ConflictKey> found = new HashSet<>();
    List<Row> rows =
        database.query(
            "select c.order_no, c.fingerprint, c.outcome from "
                + table(keys)
                + KEYS_JOIN
                + "conflicts c on c.act_id = k.act_id and c.order_no = k.order_no",
            args(keys));
    for (Row row : rows) {
      found.add(
          new ConflictKey(
              row.getString("order_no"),
              Fingerprint.of(row.getBytes("fingerprint")),
              ByteString.copyFrom(row.getBytes("outcome"))));
    }
    return found;
  }

  /// The keys as a table, so that each is one look-up by primary key on every engine; long lists of
  /// row values are scanned by some.
  private static String table(Map<String, Long> keys) {
    return "(select ? as act_id, ? as order_no"
        + " union all select ?, ?".repeat(keys.size() - 1)
        + ")";
  }

  private static Object[] args(Map<String, Long> keys) {
    Object[] args = new Object[2 * keys.size()];
    int n = 0;
    for (var key : keys.entrySet()) {
      args[n++] = key.getValue();
      args[n++] = key.getKey();
    }
    return args;
  }
}
