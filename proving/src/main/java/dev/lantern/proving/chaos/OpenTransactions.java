package dev.lantern.proving.chaos;

import dev.lantern.proving.place.StackAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/// Transactions that hold changed rows and whose client says nothing: those of a frozen owner.
final class OpenTransactions {
  private OpenTransactions() {}

  /// Server thread ids of order-center's sleeping transactions with changed rows.
  static Set<Long> sleeping(StackAccess stack) {
    try (Connection connection = stack.connect("root");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select t.trx_mysql_thread_id from information_schema.innodb_trx t"
                    + " join information_schema.processlist p on p.id = t.trx_mysql_thread_id"
                    + " where p.user = 'order_center' and p.command = 'Sleep'"
                    + " and t.trx_rows_modified > 0")) {
      var ids = new HashSet<Long>();
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be asked: " + e.getMessage(), e);
    }
  }
}
