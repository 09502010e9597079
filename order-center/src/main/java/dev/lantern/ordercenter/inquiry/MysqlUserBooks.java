package dev.lantern.ordercenter.inquiry;

import dev.lantern.ordercenter.settle.Purse;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// [UserBooks] in MySQL, along the primary keys.
public final class MysqlUserBooks implements UserBooks {
  private final Database database;

  public MysqlUserBooks(Database database) {
    this.database = database;
  }

  @Override
  public List<Standing> balances(long actId, Collection<String> childActivityIds) {
    List<Object> args = new ArrayList<>();
    args.add(actId);
    args.addAll(childActivityIds);
    return database
        .query(
            "select activity_id, purse, booked_fen, held_fen, income_fen from balances"
                + " where act_id = ? and activity_id in "
                + Rows.in(childActivityIds.size())
                + " order by activity_id, purse",
            args.toArray())
        .stream()
        .map(row ->
            new Standing(
                row.getString("activity_id"),
                purse(row),
                row.getLong("booked_fen"),
                row.getLong("held_fen"),
                row.getLong("income_fen")))
        .toList();
  }

  @Override
  public List<Moved> postings(long actId, String childActivityId, String after, int limit) {
    return database
        .query(
            "select posting_id, activity_id, purse, debit_account, credit_account, amount_fen,"
                + " order_no, posted_at from postings where act_id = ? and activity_id = ?"
                + " and posting_id > ? order by posting_id limit "
                + limit,
            actId,
            childActivityId,
            after)
        .stream()
        .map(row ->
            new Moved(
                row.getString("posting_id"),
                row.getString("activity_id"),
                purse(row),
                row.getString("debit_account"),
                row.getString("credit_account"),
                row.getLong("amount_fen"),
                row.getString("order_no"),
                row.getInstant("posted_at")))
        .toList();
  }

  private static Purse purse(Row row) {
    int number = row.getInt("purse");
    return Arrays.stream(Purse.values())
        .filter(purse -> purse.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such purse: " + number));
  }
}
