package dev.lantern.proving.stages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// What the ledger keeps of one activity by stage, read through one connection.
public record StageRows(List<Order> orders, List<Money> postings, List<Balance> balances) {

  /// A row of `orders`.
  public record Order(
      long actId,
      String orderNo,
      String childId,
      int stage,
      String sceneId,
      int rainId,
      long amountFen,
      int state,
      Instant openTime,
      Instant acceptedAt) {
    private static final int BOOKED = 8;

    boolean booked() {
      return state == BOOKED;
    }
  }

  /// A row of `postings`.
  public record Money(
      long actId, String childId, String debit, String credit, long fen, String orderNo) {}

  /// A row of `balances`, purses added.
  public record Balance(long actId, String childId, long bookedFen, long heldFen) {}

  static StageRows read(Connection connection, String activityId) {
    try {
      return new StageRows(
          orders(connection, activityId),
          postings(connection, activityId),
          balances(connection, activityId));
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Order> orders(Connection connection, String activityId) throws SQLException {
    var orders = new ArrayList<Order>();
    try (PreparedStatement statement =
            prepared(
                connection,
                "select act_id, order_no, activity_id, stage, scene_id, rain_id, amount_fen, state,"
                    + " open_time, accepted_at from lantern_order.orders"
                    + " where parent_activity_id = ?",
                activityId);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        orders.add(
            new Order(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getInt(4),
                rows.getString(5),
                rows.getInt(6),
                rows.getLong(7),
                rows.getInt(8),
                rows.getObject(9, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rows.getObject(10, LocalDateTime.class).toInstant(ZoneOffset.UTC)));
      }
    }
    return List.copyOf(orders);
  }

  private static List<Money> postings(Connection connection, String activityId)
      throws SQLException {
    var postings = new ArrayList<Money>();
    try (PreparedStatement statement =
            prepared(
                connection,
                "select p.act_id, p.activity_id, p.debit_account, p.credit_account, p.amount_fen,"
                    + " p.order_no from lantern_order.postings p join lantern_order.orders o"
                    + " on o.act_id = p.act_id and o.order_no = p.order_no"
                    + " where o.parent_activity_id = ?",
                activityId);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        postings.add(
            new Money(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5),
                rows.getString(6)));
      }
    }
    return List.copyOf(postings);
  }

  /// Of this activity's children: their ids begin with its own.
  private static List<Balance> balances(Connection connection, String activityId)
      throws SQLException {
    var balances = new ArrayList<Balance>();
    try (PreparedStatement statement =
            prepared(
                connection,
                "select act_id, activity_id, sum(booked_fen), sum(held_fen)"
                    + " from lantern_order.balances where activity_id like concat(?, '-%')"
                    + " group by act_id, activity_id",
                activityId);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        balances.add(
            new Balance(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4)));
      }
    }
    return List.copyOf(balances);
  }

  private static PreparedStatement prepared(Connection connection, String sql, String argument)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, argument);
    return statement;
  }
}
