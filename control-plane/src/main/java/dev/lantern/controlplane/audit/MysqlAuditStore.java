package dev.lantern.controlplane.audit;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import java.util.List;

/// The record in the schema `lantern_mesh`.
public final class MysqlAuditStore implements AuditStore {
  private final Database database;

  public MysqlAuditStore(Database database) {
    this.database = database;
  }

  /// Writes an event down in the transaction of what it tells of: neither is there without the
  /// other.
  public static void insert(Statements sql, AuditEvent event) {
    sql.update(
        "insert into audit_events"
            + " (event_time, action, subject, caller, author, reason, outcome, detail)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        event.at(),
        event.action(),
        event.subject(),
        event.signed().caller(),
        event.signed().author(),
        event.signed().reason(),
        event.outcome(),
        event.detail());
  }

  @Override
  public void append(AuditEvent event) {
    insert(database, event);
  }

  @Override
  public List<AuditEvent> list(long below, String actionPrefix, int most) {
    return database
        .query(
            "select event_id, event_time, action, subject, caller, author, reason, outcome, detail"
                + " from audit_events where event_id < ? and action like ?"
                + " order by event_id desc limit ?",
            below,
            escaped(actionPrefix) + "%",
            most)
        .stream()
        .map(MysqlAuditStore::event)
        .toList();
  }

  private static String escaped(String prefix) {
    return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static AuditEvent event(Row row) {
    return new AuditEvent(
        row.getLong("event_id"),
        row.getInstant("event_time"),
        row.getString("action"),
        row.getString("subject"),
        new Signed(row.getString("caller"), row.getString("author"), row.getString("reason")),
        row.getString("outcome"),
        row.getString("detail"));
  }
}
