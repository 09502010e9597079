package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import java.util.List;

/// Rows of `reissues` and `reissue_rows`.
final class ReissueRows {
  private static final String REISSUE =
      "select reissue_id, request_id, cause, activity_id, reason, note, state, row_cap_fen,"
          + " total_cap_fen, rows_per_second, row_count, amount_fen, created_by, created_at,"
          + " approved_by, approved_at, ended_at, owner, epoch, seq from reissues ";

  private static final String PAYMENT =
      "select row_no, order_no, entitled, child_activity_id, given_type, reward_id, title,"
          + " budget_id, amount_fen, requested_fen, state, note, booked_at from reissue_rows ";

  private ReissueRows() {}

  static List<Reissue> select(Statements store, String where, Object... args) {
    return store.query(REISSUE + where, args).stream().map(ReissueRows::reissue).toList();
  }

  static List<Payment.Result> payments(Statements store, String where, Object... args) {
    return store.query(PAYMENT + where, args).stream().map(ReissueRows::payment).toList();
  }

  private static Reissue reissue(Row row) {
    return new Reissue(
        row.getString("reissue_id"),
        row.getString("request_id"),
        row.getString("cause"),
        row.getString("activity_id"),
        row.getString("reason"),
        row.getString("note"),
        Reissue.State.of(row.getInt("state")),
        new Reissue.Caps(row.getLong("row_cap_fen"), row.getLong("total_cap_fen")),
        row.getInt("rows_per_second"),
        row.getLong("row_count"),
        row.getLong("amount_fen"),
        row.getString("created_by"),
        row.getInstant("created_at"),
        row.getString("approved_by"),
        row.findInstant("approved_at"),
        row.findInstant("ended_at"),
        row.getString("owner"),
        row.getLong("epoch"),
        row.getLong("seq"));
  }

  private static Payment.Result payment(Row row) {
    Payment payment =
        new Payment(
            row.getInt("row_no"),
            OrderNo.parse(row.getString("order_no")).orElseThrow(),
            row.getBoolean("entitled"),
            row.getString("child_activity_id"),
            AwardType.forNumber(row.getInt("given_type")),
            row.getString("reward_id"),
            row.getString("title"),
            row.getString("budget_id"),
            row.getLong("amount_fen"),
            row.getLong("requested_fen"));
    return new Payment.Result(
        payment,
        Payment.State.of(row.getInt("state")),
        row.getString("note"),
        row.findInstant("booked_at"));
  }
}
