package dev.lantern.sdk.wallet;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Statements;

/// The ledger in a MySQL-compatible database, on the primary.
///
/// One question is one statement: a `union all` whose parts are told apart by their first column. A
/// statement has one read view, in InnoDB as in TiDB, so its parts are of one instant; and it is
/// one round trip where a transaction with a snapshot is one for each part and three to begin and
/// end.
public final class MysqlLedger implements Ledger {
  private final Database database;
  private final String schema;

  /// @param schema where `orders` and its siblings are, e.g. `lantern_order`
  public MysqlLedger(Database database, String schema) {
    if (!schema.matches("[a-z][a-z0-9_]{0,63}")) {
      throw new IllegalArgumentException("not a schema's name: " + schema);
    }
    this.database = database;
    this.schema = schema;
  }

  @Override
  public Books read(Question question) {
    return read(database, schema, question);
  }

  /// The same within a transaction of the caller's.
  static Books read(Statements statements, String schema, Question question) {
    BooksStatement statement = BooksStatement.of(schema, question);
    return new BooksRows(question.key())
        .read(statements.query(statement.sql(), statement.args().toArray()));
  }
}
