package dev.lantern.ordercenter.reconcile;

import com.google.protobuf.ByteString;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [ManifestStore] in MySQL.
///
/// Rows are written first, under an id that nothing names yet, then the manifest: it is there whole
/// or not at all. Whoever loses the race for a request id forgets its rows.
public final class MysqlManifestStore implements ManifestStore {
  private static final String SELECT =
      "select manifest_id, request_id, activity_id, scene_id, rain_id, window_from, window_to,"
          + " source, digest, row_count, accepted_fen, author, created_at, compares from manifests ";

  private final Database database;
  private final Ids ids;
  private final ManifestAudit audit;

  public MysqlManifestStore(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
    this.audit = new ManifestAudit(database);
  }

  @Override
  public Manifest.Submitted submit(Manifest.Draft draft, List<Manifest.Line> lines, Instant now) {
    ByteString digest = LineDigest.of(draft, lines);
    Optional<Manifest> earlier = byRequest(draft.requestId());
    if (earlier.isPresent()) {
      return again(earlier.get(), digest);
    }
    long id = ids.next(now);
    insertRows(id, lines);
    long fen =
        lines.stream().filter(Manifest.Line::accepted).mapToLong(Manifest.Line::amountFen).sum();
    Manifest manifest =
        new Manifest(
            id,
            draft.requestId(),
            draft.activityId(),
            draft.scope(),
            draft.source(),
            digest,
            lines.size(),
            fen,
            draft.author(),
            now,
            0);
    try {
      var _ = database.inTransaction(tx -> insert(tx, manifest));
    } catch (DuplicateKeyException raced) {
      var _ = database.update("delete from manifest_rows where manifest_id = ?", id);
      return again(byRequest(draft.requestId()).orElseThrow(), digest);
    }
    return new Manifest.Submitted.Kept(manifest, false);
  }

  private static Manifest.Submitted again(Manifest earlier, ByteString digest) {
    return earlier.digest().equals(digest)
        ? new Manifest.Submitted.Kept(earlier, true)
        : new Manifest.Submitted.RequestIdReused();
  }

  private void insertRows(long id, List<Manifest.Line> lines) {
    for (int from = 0; from < lines.size(); from += Rows.MAX) {
      Rows rows = new Rows(6);
      for (Manifest.Line line : lines.subList(from, Math.min(lines.size(), from + Rows.MAX))) {
        rows.add(
            id,
            line.orderNo(),
            line.actId(),
            line.award().getNumber(),
            line.amountFen(),
            line.accepted() ? 1 : 2);
      }
      var _ =
          database.update(
              "insert into manifest_rows (manifest_id, order_no, act_id, award_type, amount_fen,"
                  + " outcome) "
                  + rows.values(),
              rows.args());
    }
  }

  private static long insert(Transaction tx, Manifest manifest) {
    Optional<Manifest.Scope.Round> round = manifest.round();
    Optional<Manifest.Scope.Window> window =
        manifest.scope() instanceof Manifest.Scope.Window one ? Optional.of(one) : Optional.empty();
    tx.update(
        "insert into manifests (manifest_id, request_id, activity_id, scope, scene_id, rain_id,"
            + " window_from, window_to, source, digest, row_count, accepted_fen, author,"
            + " created_at, next_compare_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        manifest.id(),
        manifest.requestId(),
        manifest.activityId(),
        manifest.scopeKey(),
        round.map(Manifest.Scope.Round::sceneId).orElse(""),
        round.map(Manifest.Scope.Round::rainId).orElse(0),
        window.map(Manifest.Scope.Window::from).orElse(null),
        window.map(Manifest.Scope.Window::to).orElse(null),
        manifest.source(),
        manifest.digest().toByteArray(),
        manifest.rows(),
        manifest.acceptedFen(),
        manifest.author(),
        manifest.createdAt(),
        manifest.createdAt());
    return tx.update(
        "insert into audit (at, actor, action, target, detail) values (?, ?, ?, ?, ?)",
        manifest.createdAt(),
        manifest.author(),
        "manifest.submit",
        manifest.activityId(),
        manifest.requestId() + ": " + manifest.rows() + " rows of " + manifest.scopeKey());
  }

  private Optional<Manifest> byRequest(String requestId) {
    return select("where request_id = ?", requestId).stream().findFirst();
  }

  @Override
  public Optional<Manifest> find(long id) {
    return select("where manifest_id = ?", id).stream().findFirst();
  }

  @Override
  public List<Manifest> due(Instant now, int limit) {
    return select("where next_compare_at <= ? order by next_compare_at limit " + limit, now);
  }

  @Override
  public boolean isNewest(Manifest manifest) {
    return database
        .query(
            "select manifest_id from manifests where activity_id = ? and scope = ?"
                + " and manifest_id > ? limit 1",
            manifest.activityId(),
            manifest.scopeKey(),
            manifest.id())
        .isEmpty();
  }

  @Override
  public Page told(Manifest manifest, String after, int atMost) {
    return audit.told(manifest, after, atMost);
  }

  @Override
  public Page untold(Manifest manifest, String after, int atMost, Instant now) {
    return switch (manifest.scope()) {
      case Manifest.Scope.Round round -> audit.untold(manifest, round, after, atMost);
      case Manifest.Scope.Window window -> audit.untold(manifest, window, after, atMost, now);
    };
  }

  @Override
  public void compared(Leadership mine, Manifest manifest, Optional<Instant> next) {
    database.inTransaction(tx -> {
      MysqlMarks.require(tx, mine);
      return tx.update(
          "update manifests set next_compare_at = ?, compares = compares + 1"
              + " where manifest_id = ?",
          next.orElse(null),
          manifest.id());
    });
  }

  private List<Manifest> select(String where, Object... args) {
    return database.query(SELECT + where, args).stream()
        .map(row ->
            new Manifest(
                row.getLong("manifest_id"),
                row.getString("request_id"),
                row.getString("activity_id"),
                scope(row),
                row.getString("source"),
                ByteString.copyFrom(row.getBytes("digest")),
                row.getLong("row_count"),
                row.getLong("accepted_fen"),
                row.getString("author"),
                row.getInstant("created_at"),
                row.getInt("compares")))
        .toList();
  }

  private static Manifest.Scope scope(Row row) {
    Optional<Instant> from = row.findInstant("window_from");
    return from.<Manifest.Scope>map(
            start -> new Manifest.Scope.Window(start, row.getInstant("window_to")))
        .orElseGet(
            () -> new Manifest.Scope.Round(row.getString("scene_id"), row.getInt("rain_id")));
  }
}
