package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.List;

/// [TokenCounts] in MySQL.
public final class MysqlTokenCounts implements TokenCounts {
  private static final String NAME = "booked";

  private final Database database;

  public MysqlTokenCounts(Database database) {
    this.database = database;
  }

  @Override
  public Counted counted(Instant since) {
    String sql = "select position, orders from token_counts where name = ?";
    List<Row> found = database.query(sql, NAME);
    if (found.isEmpty()) {
      insert(since);
      found = database.query(sql, NAME);
    }
    Row row = found.getFirst();
    return new Counted(row.getInstant("position"), row.getLong("orders"));
  }

  @Override
  public long booked(Instant after, Instant until, Instant since, long most) {
    return database
        .query(
            "select count(*) as orders from (select 1 from orders where booked_at > ?"
                + " and booked_at <= ? and accepted_at > ? and token_key_id <> '' limit ?) counted",
            after,
            until,
            since,
            most)
        .getFirst()
        .getLong("orders");
  }

  @Override
  public void advance(Leadership mine, Counted from, Counted to) {
    database.inTransaction(tx -> {
      MysqlMarks.require(tx, mine);
      return tx.update(
          "update token_counts set position = ?, orders = ? where name = ? and position = ?",
          to.until(),
          to.orders(),
          NAME,
          from.until());
    });
  }

  private void insert(Instant since) {
    try {
      var _ =
          database.update(
              "insert into token_counts (name, position, orders) values (?, ?, 0)", NAME, since);
    } catch (DuplicateKeyException e) {
      // Another process was faster.
    }
  }
}
