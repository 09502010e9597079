package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.MysqlAuditStore;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.levels.LevelChange.Decision;
import dev.lantern.controlplane.levels.LevelChange.Review;
import dev.lantern.controlplane.levels.LevelChange.State;
import dev.lantern.controlplane.switches.MysqlSwitchStore;
import dev.lantern.controlplane.switches.SwitchChange;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The changes in the schema `lantern_mesh`.
public final class MysqlLevelStore implements LevelStore {
  private static final String COLUMNS =
      "select change_id, level_rank, lasts_ms, meaning, caller, author, reason, create_time, state,"
          + " glass, second_caller, second_author, second_reason, decide_time, review, reviewer,"
          + " review_note, review_time, turn_revision from level_changes ";

  private final Database database;

  public MysqlLevelStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<LevelChange> byRequest(String requestId) {
    return one(database, "where request_id = ?", requestId);
  }

  @Override
  public Optional<LevelChange> find(long id) {
    return one(database, "where change_id = ?", id);
  }

  @Override
  public Optional<LevelChange> append(
      LevelChange change, String requestId, Optional<SwitchChange> turn, AuditEvent event) {
    try {
      return database.inTransaction(sql -> {
        Long revision = turn.map(one -> MysqlSwitchStore.insert(sql, one)).orElse(null);
        sql.update(
            "insert into level_changes (request_id, level_rank, lasts_ms, meaning, caller, author,"
                + " reason, create_time, state, glass, review, turn_revision)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            requestId,
            change.rank(),
            change.lasting().toMillis(),
            change.meaning(),
            change.asked().caller(),
            change.asked().author(),
            change.asked().reason(),
            change.at(),
            change.state(),
            change.glass(),
            change.review(),
            revision);
        MysqlAuditStore.insert(sql, event);
        return one(sql, "where request_id = ?", requestId);
      });
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<LevelChange> decide(
      long id,
      State to,
      Decision second,
      Instant notBefore,
      Optional<SwitchChange> turn,
      AuditEvent event) {
    return database.inTransaction(sql -> {
      long found =
          sql.update(
              "update level_changes set state = ?, second_caller = ?, second_author = ?,"
                  + " second_reason = ?, decide_time = ?"
                  + " where change_id = ? and state = 'WAITING' and create_time > ?",
              to,
              second.by().caller(),
              second.by().author(),
              second.by().reason(),
              second.at(),
              id,
              notBefore);
      if (found == 0) {
        return Optional.empty();
      }
      turn.ifPresent(one ->
          sql.update(
              "update level_changes set turn_revision = ? where change_id = ?",
              MysqlSwitchStore.insert(sql, one),
              id));
      MysqlAuditStore.insert(sql, event);
      return one(sql, "where change_id = ?", id);
    });
  }

  @Override
  public Optional<LevelChange> review(long id, Decision reviewed, AuditEvent event) {
    return database.inTransaction(sql -> {
      long found =
          sql.update(
              "update level_changes set review = 'DONE', reviewer = ?, review_note = ?,"
                  + " review_time = ? where change_id = ? and review = 'DUE'",
              reviewed.by().author(),
              reviewed.by().reason(),
              reviewed.at(),
              id);
      if (found == 0) {
        return Optional.empty();
      }
      MysqlAuditStore.insert(sql, event);
      return one(sql, "where change_id = ?", id);
    });
  }

  @Override
  public Optional<SwitchChange> turnOf(LevelChange change) {
    return change.turn().flatMap(revision -> MysqlSwitchStore.find(database, revision));
  }

  @Override
  public List<LevelChange> list(long below, boolean open, int most) {
    String alsoOpen = open ? " and (state = 'WAITING' or review = 'DUE')" : "";
    return many(
        database,
        "where change_id < ?" + alsoOpen + " order by change_id desc limit ?",
        below,
        most);
  }

  @Override
  public List<LevelChange> waitingSince(Instant before, int most) {
    return many(
        database,
        "where state = 'WAITING' and create_time <= ? order by change_id limit ?",
        before,
        most);
  }

  private static Optional<LevelChange> one(
      Statements sql, String where, @Nullable Object... arguments) {
    return many(sql, where, arguments).stream().findFirst();
  }

  private static List<LevelChange> many(
      Statements sql, String where, @Nullable Object... arguments) {
    return sql.query(COLUMNS + where, arguments).stream().map(MysqlLevelStore::change).toList();
  }

  private static LevelChange change(Row row) {
    return new LevelChange(
        row.getLong("change_id"),
        row.getInt("level_rank"),
        Duration.ofMillis(row.getLong("lasts_ms")),
        row.getString("meaning"),
        new Signed(row.getString("caller"), row.getString("author"), row.getString("reason")),
        row.getInstant("create_time"),
        State.valueOf(row.getString("state")),
        row.getBoolean("glass"),
        row.findInstant("decide_time").map(at -> new Decision(second(row), at)),
        Review.valueOf(row.getString("review")),
        row.findInstant("review_time").map(at -> new Decision(reviewer(row), at)),
        row.findLong("turn_revision").stream().boxed().findFirst());
  }

  private static Signed second(Row row) {
    return new Signed(
        row.getString("second_caller"),
        row.getString("second_author"),
        row.getString("second_reason"));
  }

  private static Signed reviewer(Row row) {
    return new Signed("", row.getString("reviewer"), row.getString("review_note"));
  }
}
