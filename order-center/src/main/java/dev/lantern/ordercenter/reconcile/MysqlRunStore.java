package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [RunStore] in MySQL.
public final class MysqlRunStore implements RunStore {
  private static final String SELECT =
      "select run_id, window_from, window_to, manifest_id, position, examined, found, opened,"
          + " created_at, ended_at from reconcile_runs ";

  private final Database database;
  private final Ids ids;

  public MysqlRunStore(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  @Override
  public ReconcileRun create(Wish wish, Instant now) {
    try {
      var _ = database.inTransaction(tx -> insert(tx, wish, now));
    } catch (DuplicateKeyException again) {
      // The same request: its run is there.
    }
    return select("where request_id = ?", wish.requestId()).getFirst();
  }

  private long insert(Transaction tx, Wish wish, Instant now) {
    long id = ids.next(now);
    tx.update(
        "insert into reconcile_runs (run_id, request_id, author, reason, window_from, window_to,"
            + " manifest_id, position, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        wish.requestId(),
        wish.author(),
        wish.reason(),
        wish.from(),
        wish.to(),
        wish.manifestId(),
        wish.from(),
        now);
    return tx.update(
        "insert into audit (at, actor, action, target, detail) values (?, ?, ?, ?, ?)",
        now,
        wish.author(),
        "reconcile.run",
        Long.toString(id),
        wish.requestId() + ": " + wish.reason());
  }

  @Override
  public Optional<ReconcileRun> find(long id) {
    return select("where run_id = ?", id).stream().findFirst();
  }

  @Override
  public List<ReconcileRun> unended(int limit) {
    return select("where ended_at is null order by run_id limit " + limit);
  }

  @Override
  public void progress(
      Leadership mine,
      ReconcileRun run,
      Instant position,
      long examined,
      FindingStore.Recorded recorded,
      Optional<Instant> done) {
    database.inTransaction(tx -> {
      MysqlMarks.require(tx, mine);
      return tx.update(
          "update reconcile_runs set position = ?, examined = examined + ?, found = found + ?,"
              + " opened = opened + ?, ended_at = ?, seq = seq + 1"
              + " where run_id = ? and position = ? and ended_at is null",
          position,
          examined,
          recorded.seen(),
          recorded.opened(),
          done.orElse(null),
          run.id(),
          run.position());
    });
  }

  private List<ReconcileRun> select(String where, Object... args) {
    return database.query(SELECT + where, args).stream()
        .map(row ->
            new ReconcileRun(
                row.getLong("run_id"),
                row.getInstant("window_from"),
                row.getInstant("window_to"),
                row.getLong("manifest_id"),
                row.getInstant("position"),
                row.getLong("examined"),
                row.getLong("found"),
                row.getLong("opened"),
                row.getInstant("created_at"),
                row.findInstant("ended_at")))
        .toList();
  }
}
