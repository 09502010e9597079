package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [AlarmOutbox] in MySQL.
public final class MysqlAlarmOutbox implements AlarmOutbox {
  private final Database database;

  public MysqlAlarmOutbox(Database database) {
    this.database = database;
  }

  @Override
  public List<Event> due(Instant now, int limit) {
    return database
        .query(
            "select event_id, body, tries from alarm_events where next_at <= ?"
                + " order by next_at limit "
                + limit,
            now)
        .stream()
        .map(row -> new Event(row.getLong("event_id"), row.getString("body"), row.getInt("tries")))
        .toList();
  }

  @Override
  public void sent(Event event, Instant now) {
    var _ =
        database.update(
            "update alarm_events set sent_at = ?, next_at = null, tries = tries + 1"
                + " where event_id = ?",
            now,
            event.id());
  }

  @Override
  public void failed(Event event, Optional<Instant> next) {
    var _ =
        database.update(
            "update alarm_events set next_at = ?, tries = tries + 1 where event_id = ?",
            next.orElse(null),
            event.id());
  }
}
