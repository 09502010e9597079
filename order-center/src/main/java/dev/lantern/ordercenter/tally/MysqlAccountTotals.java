package dev.lantern.ordercenter.tally;

import dev.lantern.stores.sql.Database;
import java.util.List;

/// [AccountTotals] from MySQL.
public final class MysqlAccountTotals implements AccountTotals {
  private final Database database;

  public MysqlAccountTotals(Database database) {
    this.database = database;
  }

  @Override
  public List<AccountTotal> read() {
    return database
        .query(
            "select account, partition_no, parent_activity_id, amount_fen, entries, seq from"
                + " platform_accounts")
        .stream()
        .map(row ->
            new AccountTotal(
                row.getString("account"),
                row.getInt("partition_no"),
                row.getString("parent_activity_id"),
                row.getLong("amount_fen"),
                row.getLong("entries"),
                row.getLong("seq")))
        .toList();
  }
}
