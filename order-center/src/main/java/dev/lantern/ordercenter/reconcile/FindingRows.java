package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Row;
import java.util.Optional;

/// Rows of `findings`.
final class FindingRows {
  static final String COLUMNS =
      "finding_id, finding_class, subject, activity_id, act_id, order_no, amount_fen, order_count,"
          + " detail, scope, manifest_id, state, first_seen_at, last_seen_at, changed_at, closed_at,"
          + " closed_by, note, seq";

  private FindingRows() {}

  static Finding read(Row row) {
    Found found =
        new Found(
            Discrepancy.of(row.getInt("finding_class")),
            row.getString("subject"),
            row.getString("activity_id"),
            row.getLong("act_id"),
            row.getString("order_no"),
            row.getLong("amount_fen"),
            row.getLong("order_count"),
            row.getString("detail"),
            row.getString("scope"),
            row.getLong("manifest_id"));
    return new Finding(
        row.getLong("finding_id"),
        found,
        Finding.State.of(row.getInt("state")),
        row.getInstant("first_seen_at"),
        row.getInstant("last_seen_at"),
        row.getInstant("changed_at"),
        closing(row),
        row.getLong("seq"));
  }

  private static Optional<Finding.Closing> closing(Row row) {
    return row.findInstant("closed_at")
        .map(at ->
            new Finding.Closing(
                at, row.findString("closed_by").orElse(""), row.findString("note").orElse("")));
  }
}
