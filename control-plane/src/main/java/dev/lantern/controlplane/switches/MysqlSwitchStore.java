package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.MysqlAuditStore;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import java.util.List;
import java.util.Optional;

/// The history in the schema `lantern_mesh`.
public final class MysqlSwitchStore implements SwitchStore {
  private final Database database;

  public MysqlSwitchStore(Database database) {
    this.database = database;
  }

  @Override
  public List<SwitchChange> newest() {
    return database
        .query(
            "select c.revision, c.name, c.per_ten_thousand, c.author, c.reason, c.change_time,"
                + " c.expire_time from switch_changes c join"
                + " (select max(revision) revision from switch_changes group by name) n"
                + " on c.revision = n.revision order by c.name")
        .stream()
        .map(MysqlSwitchStore::change)
        .toList();
  }

  @Override
  public SwitchChange append(SwitchChange change, AuditEvent event) {
    return change.withRevision(
        database.inTransaction(sql -> {
          long revision = insert(sql, change);
          MysqlAuditStore.insert(sql, event);
          return revision;
        }));
  }

  @Override
  public Optional<SwitchChange> end(SwitchChange end, long ended, AuditEvent event) {
    return database.inTransaction(sql -> {
      if (newestLocked(sql, end.name()) > ended) {
        return Optional.empty();
      }
      long revision = insert(sql, end);
      MysqlAuditStore.insert(sql, event);
      return Optional.of(end.withRevision(revision));
    });
  }

  /// Turns of one name are written one after the other: the later transaction waits for the lock on
  /// the newest row and then sees what the earlier one wrote.
  private static long newestLocked(Statements sql, String name) {
    var _ =
        sql.query(
            "select revision from switch_changes where revision = ? for update", newest(sql, name));
    return newest(sql, name);
  }

  private static long newest(Statements sql, String name) {
    return sql.query(
            "select coalesce(max(revision), 0) revision from switch_changes where name = ?", name)
        .getFirst()
        .getLong("revision");
  }

  /// Writes a turn down in somebody's transaction; its number.
  public static long insert(Statements sql, SwitchChange change) {
    var _ = newestLocked(sql, change.name());
    sql.update(
        "insert into switch_changes"
            + " (name, per_ten_thousand, author, reason, change_time, expire_time)"
            + " values (?, ?, ?, ?, ?, ?)",
        change.name(),
        change.perTenThousand(),
        change.author(),
        change.reason(),
        change.at(),
        change.expires().orElse(null));
    return sql.query("select last_insert_id() revision").getFirst().getLong("revision");
  }

  public static Optional<SwitchChange> find(Statements sql, long revision) {
    return sql
        .query(
            "select revision, name, per_ten_thousand, author, reason, change_time, expire_time"
                + " from switch_changes where revision = ?",
            revision)
        .stream()
        .map(MysqlSwitchStore::change)
        .findFirst();
  }

  private static SwitchChange change(Row row) {
    return new SwitchChange(
        row.getLong("revision"),
        row.getString("name"),
        row.getInt("per_ten_thousand"),
        row.getString("author"),
        row.getString("reason"),
        row.getInstant("change_time"),
        row.findInstant("expire_time"));
  }
}
