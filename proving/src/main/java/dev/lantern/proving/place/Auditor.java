package dev.lantern.proving.place;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads the ledger with rights to read alone. A new connection for each question: the database may
/// have been killed since the last one.
public final class Auditor {
  private static final String COUNTED =
      " where ? in (if(stage = 3, parent_activity_id, activity_id)) and state = 8";

  private final StackAccess stack;

  public Auditor(StackAccess stack) {
    this.stack = stack;
  }

  /// Runs `read` in one consistent, read-only snapshot.
  public <T> T inSnapshot(Function<Connection, T> read) {
    try (Connection connection = stack.connect("auditor");
        Statement statement = connection.createStatement()) {
      statement.execute("set session transaction isolation level repeatable read");
      statement.execute("start transaction with consistent snapshot, read only");
      T result = read.apply(connection);
      statement.execute("rollback");
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  /// Which ledger this is: when its first migration ran. Empty for one without any.
  public String ledgerBirth() {
    List<String> births =
        strings("select cast(min(installed_on) as char) from lantern_order.flyway_schema_history");
    return births.isEmpty() ? "" : births.getFirst();
  }

  /// Orders of an activity that are in the ledger or set aside.
  public long handled(String activityId) {
    return number(
        "select count(*) from lantern_order.orders where parent_activity_id = ?", activityId);
  }

  /// Orders of an activity whose downstream has not been heard yet.
  public long granting(String activityId) {
    return number(
        "select count(*) from lantern_order.orders where parent_activity_id = ? and state = 5",
        activityId);
  }

  /// Things of everybody that have waited for their downstream longer than `age`, none set aside.
  public long thingsWaiting(Duration age) {
    return number(
        "select count(*) from lantern_order.grants where state = 1"
            + " and created_at < utc_timestamp(6) - interval ? second",
        Long.toString(age.toSeconds()));
  }

  /// Orders of a user that are in the ledger or set aside.
  public long ordersOf(long actId) {
    return number(
        "select count(*) from lantern_order.orders where act_id = ?", Long.toString(actId));
  }

  /// Red packets of an activity that are booked.
  public long opened(String activityId) {
    return number(
        "select count(*) from lantern_order.orders"
            + " where parent_activity_id = ? and state = 8 and amount_fen > 0",
        activityId);
  }

  /// Those that a counter is to show: of the activity's stage OFFICIAL, or of the child so named.
  public long counted(String counter) {
    return number(
        "select count(*) from lantern_order.orders" + COUNTED + " and amount_fen > 0", counter);
  }

  /// What they held.
  public long countedFen(String counter) {
    return number(
        "select coalesce(sum(amount_fen), 0) from lantern_order.orders" + COUNTED, counter);
  }

  /// Orders of an activity booked per second, from its first acceptance to its last booking.
  public double bookedPerSecond(String activityId) {
    long booked = opened(activityId);
    long micros =
        number(
            "select coalesce(timestampdiff(microsecond, min(accepted_at), max(booked_at)), 0)"
                + " from lantern_order.orders where parent_activity_id = ?",
            activityId);
    return micros <= 0 ? 0 : booked * 1e6 / micros;
  }

  /// Leases of an activity's budgets that are not closed.
  public long unclosedLeases(String activityId) {
    return number(
        "select count(*) from lantern_order.budget_leases l join lantern_order.budgets b"
            + " on b.budget_id = l.budget_id where b.parent_activity_id = ? and l.state <> 4",
        activityId);
  }

  /// Where each partition of each generation of the accept log has been booked to.
  public List<Booked> offsets() {
    var booked = new ArrayList<Booked>();
    try (Connection connection = stack.connect("auditor");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                ofSchema(
                    "select a.topic, a.topic_id, a.partitions, o.partition_no, o.next_offset"
                        + " from lantern_order.accept_logs a left join lantern_order.queue_offsets o"
                        + " on o.topic_id = a.topic_id and o.lane = a.lane"
                        + " where a.topic_id is not null"))) {
      while (rows.next()) {
        booked.add(
            new Booked(
                rows.getString(1),
                rows.getString(2),
                rows.getInt(3),
                rows.getInt(4),
                rows.getLong(5)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
    return List.copyOf(booked);
  }

  /// How many orders wait in the inbox.
  public long waiting() {
    try (Connection connection = stack.connect("auditor");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(ofSchema("select count(*) from lantern_order.inbox"))) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  private long number(String sql, String argument) {
    try (Connection connection = stack.connect("auditor");
        PreparedStatement statement = connection.prepareStatement(ofSchema(sql))) {
      statement.setString(1, argument);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  private List<String> strings(String sql) {
    var found = new ArrayList<String>();
    try (Connection connection = stack.connect("auditor");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ofSchema(sql))) {
      while (rows.next()) {
        String text = rows.getString(1);
        if (text != null) {
          found.add(text);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
    return found;
  }

  /// The statements here name the live lane's schema; another lane's has the same tables.
  private String ofSchema(String sql) {
    return sql.replace("lantern_order.", stack.orderSchema() + ".");
  }

  /// One partition's standing; a partition that nobody has begun to book stands at 0.
  public record Booked(
      String topic, String topicId, int partitions, int partition, long nextOffset) {}
}
