package dev.lantern.sdk.wallet;

import dev.lantern.stores.sql.Database;
import java.util.function.Function;

/// The ledger in a MySQL-compatible database, on the primary.
///
/// A snapshot is one REPEATABLE READ transaction `with consistent snapshot`: without these words
/// the read view would begin at the first select, which here would do, and which the next reader of
/// this code could move.
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
  public <T> T inSnapshot(Function<Snapshot, T> read) {
    return database.inSnapshot(tx -> read.apply(new MysqlSnapshot(tx, schema)));
  }
}
