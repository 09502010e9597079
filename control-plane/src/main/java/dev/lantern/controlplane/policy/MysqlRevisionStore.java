package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.MysqlAuditStore;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import java.util.List;
import java.util.Optional;

/// The history in the schema `lantern_mesh`.
public final class MysqlRevisionStore implements RevisionStore {
  private static final String COLUMNS =
      "select revision, etag, author, reason, create_time from policy_revisions ";

  private final Database database;

  public MysqlRevisionStore(Database database) {
    this.database = database;
  }

  @Override
  public Revision newest() {
    return database.inSnapshot(
        sql -> one(sql, "order by revision desc limit 1").orElse(Revision.none()));
  }

  @Override
  public Optional<Revision> find(long number) {
    return database.inSnapshot(sql -> one(sql, "where revision = ?", number));
  }

  @Override
  public Optional<Revision> byRequest(String requestId) {
    return database.inSnapshot(sql -> one(sql, "where request_id = ?", requestId));
  }

  @Override
  public List<Revision> list(long below, int most) {
    return database
        .query(COLUMNS + "where revision < ? order by revision desc limit ?", below, most)
        .stream()
        .map(row -> revision(row, List.of()))
        .toList();
  }

  @Override
  public boolean append(Revision revision, String requestId, AuditEvent event) {
    try {
      return database.inTransaction(sql -> {
        sql.update(
            "insert into policy_revisions"
                + " (revision, etag, author, reason, request_id, create_time)"
                + " values (?, ?, ?, ?, ?, ?)",
            revision.number(),
            revision.etag(),
            revision.author(),
            revision.reason(),
            requestId,
            revision.at());
        int position = 0;
        for (Document document : revision.documents()) {
          sql.update(
              "insert into policy_documents (revision, name, position, yaml, since)"
                  + " values (?, ?, ?, ?, ?)",
              revision.number(),
              document.name(),
              position++,
              document.yaml(),
              document.since());
        }
        MysqlAuditStore.insert(sql, event);
        return true;
      });
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  private static Optional<Revision> one(Statements sql, String where, Object... arguments) {
    List<Row> rows = sql.query(COLUMNS + where, arguments);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            revision(rows.getFirst(), documents(sql, rows.getFirst().getLong("revision"))));
  }

  private static List<Document> documents(Statements sql, long revision) {
    return sql
        .query(
            "select name, yaml, since from policy_documents where revision = ? order by position",
            revision)
        .stream()
        .map(
            row -> new Document(row.getString("name"), row.getString("yaml"), row.getLong("since")))
        .toList();
  }

  private static Revision revision(Row row, List<Document> documents) {
    return new Revision(
        row.getLong("revision"),
        row.getString("etag"),
        row.getString("author"),
        row.getString("reason"),
        row.getInstant("create_time"),
        documents);
  }
}
