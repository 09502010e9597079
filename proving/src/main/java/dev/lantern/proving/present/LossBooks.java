package dev.lantern.proving.present;

import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.StackAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// What the ledger says of the drill's activity, each call in one snapshot.
final class LossBooks {
  private static final int BOOKED = 8;
  private static final int PARKED = 4;

  private final Auditor auditor;
  private final String activityId;

  LossBooks(StackAccess stack, String activityId) {
    this.auditor = new Auditor(stack);
    this.activityId = activityId;
  }

  /// A row of `orders` and what was posted for it.
  record Row(int state, long amountFen, int postings, long postedFen) {
    boolean isBookedOnce(long promisedFen) {
      return state == BOOKED
          && amountFen == promisedFen
          && postings == 1
          && postedFen == promisedFen;
    }

    boolean isParked() {
      return state == PARKED;
    }
  }

  /// By order number.
  Map<String, Row> orders() {
    return auditor.inSnapshot(connection -> {
      Map<String, Row> rows = new HashMap<>();
      each(
          connection,
          "select o.order_no, o.state, o.amount_fen, count(p.posting_id),"
              + " coalesce(sum(p.amount_fen), 0) from orders o left join postings p"
              + " on p.act_id = o.act_id and p.order_no = o.order_no"
              + " where o.parent_activity_id = ? group by o.order_no, o.state, o.amount_fen",
          row ->
              rows.put(
                  row.getString(1),
                  new Row(row.getInt(2), row.getLong(3), row.getInt(4), row.getLong(5))));
      return rows;
    });
  }

  /// Leases of a topic's records that are neither frozen nor closed.
  long goingOn(String topicId) {
    return auditor.inSnapshot(connection -> {
      long[] found = {0};
      each(
          connection,
          "select count(*) from budget_leases l join budgets b on b.budget_id = l.budget_id"
              + " where b.parent_activity_id = ? and l.state in (1, 2) and l.log = 'KAFKA:"
              + topicId
              + "'",
          row -> found[0] = row.getLong(1));
      return found[0];
    });
  }

  long frozen() {
    return auditor.inSnapshot(connection -> {
      long[] found = {0};
      each(
          connection,
          "select count(*) from budget_leases l join budgets b on b.budget_id = l.budget_id"
              + " where b.parent_activity_id = ? and l.state = 3",
          row -> found[0] = row.getLong(1));
      return found[0];
    });
  }

  long conflicts() {
    return auditor.inSnapshot(connection -> {
      long[] found = {0};
      each(
          connection,
          "select count(*) from conflicts c join orders o on o.order_no = c.order_no"
              + " where o.parent_activity_id = ?",
          row -> found[0] = row.getLong(1));
      return found[0];
    });
  }

  private interface Reading {
    void row(ResultSet row) throws SQLException;
  }

  private void each(Connection connection, String sql, Reading reading) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, activityId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reading.row(rows);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }
}
