package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Tables of the ledger once more, empty, in a schema that nobody else uses and that is dropped in
/// the end, and rows that were really booked, as literals for them.
final class ScratchLedger implements AutoCloseable {
  private static final int LOOKS = 40;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /// The tables that have a row of their own for every order of a new user. The column of `orders`
  /// that its server computes, and lets nobody write.
  private static final String COMPUTED = "units";

  private static final List<String> OF_AN_ORDER = List.of("orders", "postings", "balances");

  /// Those whose rows are shared by many orders.
  private static final List<String> SHARED = List.of("lease_booked", "platform_accounts");

  private static final String SCHEMA = "lantern_bench";

  private final StackAccess stack;

  private ScratchLedger(StackAccess stack) {
    this.stack = stack;
  }

  /// Rows of one order each, at the same index in the lists, as `(literal, …)`.
  ///
  /// @param counted what an order's booking changes in rows that it shares
  record BookedRows(
      List<String> orders, List<String> postings, List<String> balances, List<Counted> counted) {
    int size() {
      return orders.size();
    }
  }

  /// The rows that count an order: its lease's for its partition, and its platform account's.
  record Counted(long leaseId, int partition, String parentActivityId, long amountFen) {}

  static ScratchLedger create(StackAccess stack) {
    var ledger = new ScratchLedger(stack);
    try (Connection root = stack.connect("root");
        Statement statement = root.createStatement()) {
      statement.execute("drop database if exists " + SCHEMA);
      statement.execute("create database " + SCHEMA);
      for (String table : Stream.concat(OF_AN_ORDER.stream(), SHARED.stream()).toList()) {
        statement.execute("create table %s.%s like lantern_order.%2$s".formatted(SCHEMA, table));
      }
      return ledger;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the benchmark's tables cannot be made: " + e.getMessage(), e);
    }
  }

  /// A connection of a peer's own.
  Connection connect() throws SQLException {
    Connection connection = stack.connect("root");
    connection.setCatalog(SCHEMA);
    return connection;
  }

  void empty() {
    try (Connection root = connect();
        Statement statement = root.createStatement()) {
      for (String table : OF_AN_ORDER) {
        statement.execute("truncate table " + table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What has been booked in a benchmark's round, in the order in which it was.
  BookedRows booked(BenchRound round) {
    String scene = round.sceneId();
    for (int look = 1; ; look++) {
      List<String> orders = rows("orders", scene);
      List<String> postings = rows("postings", scene);
      List<String> balances = rows("balances", scene);
      if (!orders.isEmpty()
          && postings.size() == orders.size()
          && balances.size() == orders.size()) {
        return new BookedRows(orders, postings, balances, counted(scene));
      }
      if (look == LOOKS) {
        throw new IllegalStateException(
            "%d orders, %d postings and %d balances were booked"
                .formatted(orders.size(), postings.size(), balances.size()));
      }
      // A record that was delivered after its call had given up was booked between two readings.
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private List<String> rows(String table, String sceneId) {
    String own = table.equals("balances") ? "activity_id" : "order_no";
    return read(
        "select t.* from lantern_order.%s t join lantern_order.orders o".formatted(table)
            + " on o.act_id = t.act_id and o.%1$s = t.%1$s".formatted(own)
            + " where o.scene_id = '%s' order by o.booked_at, o.act_id".formatted(sceneId),
        ScratchLedger::literal);
  }

  /// Also fills the shared tables with the leases of these orders.
  private List<Counted> counted(String sceneId) {
    try (Connection root = connect();
        Statement statement = root.createStatement()) {
      statement.execute(
          "insert into lease_booked select * from lantern_order.lease_booked where lease_id in"
              + " (select counted_lease_id from lantern_order.orders where scene_id = '%s')"
                  .formatted(sceneId));
    } catch (SQLException e) {
      throw new IllegalStateException("the leases cannot be copied: " + e.getMessage(), e);
    }
    return read(
        "select counted_lease_id, partition_no, parent_activity_id, amount_fen"
            + " from lantern_order.orders where scene_id = '%s' order by booked_at, act_id"
                .formatted(sceneId),
        row -> new Counted(row.getLong(1), row.getInt(2), row.getString(3), row.getLong(4)));
  }

  private <T> List<T> read(String sql, OfRow<T> of) {
    var found = new ArrayList<T>();
    try (Connection root = connect();
        Statement statement = root.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(of.row(rows));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
    return found;
  }

  private interface OfRow<T> {
    T row(ResultSet row) throws SQLException;
  }

  private static String literal(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    var text = new StringBuilder("(");
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      text.append(i == 1 ? "" : ", ")
          .append(
              columns.getColumnName(i).equals(COMPUTED)
                  ? "default"
                  : value(row, columns.getColumnType(i), i));
    }
    return text.append(')').toString();
  }

  private static String value(ResultSet row, int type, int column) throws SQLException {
    if (type == Types.BINARY || type == Types.VARBINARY) {
      byte[] bytes = row.getBytes(column);
      return bytes == null ? "null" : "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    String text = row.getString(column);
    return text == null ? "null" : literal(text, type);
  }

  static String literal(String text, int type) {
    return switch (type) {
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT, Types.BIT, Types.BOOLEAN ->
          text;
      default -> "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    };
  }

  @Override
  public void close() {
    try (Connection root = stack.connect("root");
        Statement statement = root.createStatement()) {
      statement.execute("drop database if exists " + SCHEMA);
    } catch (SQLException e) {
      throw new IllegalStateException("the benchmark's tables stay: " + e.getMessage(), e);
    }
  }
}
