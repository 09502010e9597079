package dev.lantern.proving.laws;

import dev.lantern.proving.laws.StoreFacts.BalanceRow;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import dev.lantern.proving.laws.StoreFacts.ConflictRow;
import dev.lantern.proving.laws.StoreFacts.GrantRow;
import dev.lantern.proving.laws.StoreFacts.LeaseBookedRow;
import dev.lantern.proving.laws.StoreFacts.LeaseRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import dev.lantern.proving.laws.StoreFacts.PlatformRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import dev.lantern.proving.laws.StoreFacts.ReleaseRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads one parent activity's rows over a connection whose transaction the caller has begun, so
/// that all of them are of one moment.
public final class StoreReader {
  private static final String CHILDREN =
      " in (select distinct activity_id from lantern_order.orders where parent_activity_id = ?"
          + " union select substring(account, 6) from lantern_order.platform_accounts"
          + " where parent_activity_id = ? and account like 'cost:%'";
  private static final String BUDGETS =
      " in (select budget_id from lantern_order.budgets where parent_activity_id = ?)";

  private final Connection connection;
  private final String schema;

  public StoreReader(Connection connection) {
    this(connection, "lantern_order");
  }

  /// @param schema the lane's; the statements here name the live one's, which has the same tables
  public StoreReader(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /// Everything of one activity.
  ///
  /// @param declared children the driver declared: rows of theirs are read even where no order of
  ///   theirs is left
  public StoreFacts read(String parentId, Set<String> declared) {
    String children = CHILDREN + unionOf(declared) + ")";
    List<Object> ofChildren = new ArrayList<>(List.of(parentId, parentId));
    ofChildren.addAll(new TreeSet<>(declared));
    return new StoreFacts(
        parentId,
        !list(
                "select 1 from lantern_order.campaign_revisions where activity_id = ? limit 1",
                List.of(parentId),
                _ -> true)
            .isEmpty(),
        list(
            "select * from lantern_order.orders where parent_activity_id = ?",
            List.of(parentId),
            StoreReader::order),
        list(
            "select * from lantern_order.conflicts where activity_id" + children,
            ofChildren,
            StoreReader::conflict),
        list(
            "select * from lantern_order.postings where activity_id" + children,
            ofChildren,
            StoreReader::posting),
        list(
            "select * from lantern_order.balances where activity_id" + children,
            ofChildren,
            StoreReader::balance),
        list(
            "select account, sum(amount_fen) as fen, sum(entries) as entries"
                + " from lantern_order.platform_accounts where parent_activity_id = ?"
                + " group by account",
            List.of(parentId),
            row -> new PlatformRow(row.getString(1), row.getLong(2), row.getLong(3))),
        list(
            "select budget_id, total, free from lantern_order.budgets where parent_activity_id = ?",
            List.of(parentId),
            row -> new BudgetRow(row.getString(1), row.getLong(2), row.getLong(3))),
        list(
            "select lease_id, budget_id, holder, slice, state from lantern_order.budget_leases"
                + " where budget_id"
                + BUDGETS,
            List.of(parentId),
            StoreReader::lease),
        list(
            "select b.lease_id, b.partition_no, b.booked, b.fenced"
                + " from lantern_order.lease_booked b"
                + " join lantern_order.budget_leases l on l.lease_id = b.lease_id"
                + " where l.budget_id"
                + BUDGETS,
            List.of(parentId),
            row ->
                new LeaseBookedRow(
                    row.getLong(1), row.getInt(2), row.getLong(3), row.getBoolean(4))),
        list(
            "select order_no, budget_id, amount from lantern_order.releases where budget_id"
                + BUDGETS,
            List.of(parentId),
            row -> new ReleaseRow(row.getString(1), row.getString(2), row.getLong(3))),
        list(
            "select g.order_no, g.step, g.budget_id, g.lease_id, g.partition_no, g.units, g.state"
                + " from lantern_order.grants g join lantern_order.orders o"
                + " on o.act_id = g.act_id and o.order_no = g.order_no"
                + " where o.parent_activity_id = ?",
            List.of(parentId),
            row ->
                new GrantRow(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getInt(5),
                    row.getLong(6),
                    row.getInt(7))));
  }

  /// The parent activities that accepted anything since an instant, as the database's clock has it.
  public List<String> activeSince(Instant since) {
    return list(
        "select distinct parent_activity_id from lantern_order.orders where accepted_at >= ?"
            + " order by 1",
        List.of(Timestamp.from(since)),
        row -> row.getString(1));
  }

  private static String unionOf(Set<String> declared) {
    return " union select ?".repeat(declared.size());
  }

  private static OrderRow order(ResultSet row) throws SQLException {
    return new OrderRow(
        row.getLong("act_id"),
        row.getString("order_no"),
        row.getString("activity_id"),
        row.getInt("stage"),
        row.getString("scene_id"),
        row.getInt("rain_id"),
        row.getInt("award_type"),
        row.getInt("given_type"),
        row.getBoolean("fallback"),
        row.getLong("amount_fen"),
        row.getString("budget_id"),
        row.getLong("counted_lease_id"),
        row.getInt("partition_no"),
        row.getInt("state"),
        orEmpty(row.getString("park_reason")));
  }

  private static ConflictRow conflict(ResultSet row) throws SQLException {
    return new ConflictRow(
        row.getLong("act_id"),
        row.getString("order_no"),
        row.getString("reason"),
        row.getInt("given_type"),
        row.getLong("amount_fen"),
        row.getString("budget_id"),
        row.getLong("counted_lease_id"),
        row.getInt("partition_no"),
        row.getInt("state"));
  }

  private static PostingRow posting(ResultSet row) throws SQLException {
    return new PostingRow(
        row.getLong("act_id"),
        row.getString("posting_id"),
        row.getString("activity_id"),
        row.getInt("purse"),
        row.getString("debit_account"),
        row.getString("credit_account"),
        row.getLong("amount_fen"),
        row.getString("order_no"));
  }

  private static BalanceRow balance(ResultSet row) throws SQLException {
    return new BalanceRow(
        row.getLong("act_id"),
        row.getString("activity_id"),
        row.getInt("purse"),
        row.getLong("booked_fen"),
        row.getLong("held_fen"),
        row.getLong("income_fen"));
  }

  private static LeaseRow lease(ResultSet row) throws SQLException {
    return new LeaseRow(
        row.getLong("lease_id"),
        row.getString("budget_id"),
        row.getString("holder"),
        row.getLong("slice"),
        row.getInt("state"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private <T> List<T> list(String sql, List<?> arguments, Mapping<T> mapping) {
    var found = new ArrayList<T>();
    String here = sql.replace("lantern_order.", schema + ".");
    try (PreparedStatement statement = connection.prepareStatement(here)) {
      for (int i = 0; i < arguments.size(); i++) {
        statement.setObject(i + 1, arguments.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(mapping.of(rows));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
    return List.copyOf(found);
  }

  private interface Mapping<T> {
    T of(ResultSet row) throws SQLException;
  }
}
