package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.parked.ConflictId;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// [BooksAudit] in MySQL: what agrees never leaves the server.
public final class MysqlBooksAudit implements BooksAudit {
  private static final String LIMIT = " limit " + MOST;

  private final Database database;
  private final BudgetAudit budgets;
  private final ThingsAudit things;

  public MysqlBooksAudit(Database database) {
    this.database = database;
    this.budgets = new BudgetAudit(database);
    this.things = new ThingsAudit(database);
  }

  @Override
  public Instant boundary(Instant after, Instant limit, int orders) {
    List<Row> row =
        database.query(
            "select booked_at from orders where booked_at > ? and booked_at <= ?"
                + " order by booked_at limit 1 offset "
                + orders,
            after,
            limit);
    return row.isEmpty() ? limit : row.getFirst().getInstant("booked_at");
  }

  @Override
  public long count(Range.Booked range) {
    return database
        .query(
            "select count(*) as n from orders where booked_at > ? and booked_at <= ?",
            range.after(),
            range.until())
        .getFirst()
        .getLong("n");
  }

  @Override
  public List<Found> orders(Range range) {
    List<Found> found = new ArrayList<>(postings(range));
    found.addAll(unexplained(range));
    found.addAll(balances(range));
    found.addAll(things.of(range));
    return found;
  }

  @Override
  public Set<OrderKey> known(List<OrderKey> orders) {
    Sql keys = Sql.keysOf(new Range.Keys(orders));
    return database
        .query(
            "select o.act_id, o.order_no from "
                + keys.text()
                + " k join orders o on o.act_id = k.act_id and o.order_no = k.order_no",
            keys.array())
        .stream()
        .map(row -> new OrderKey(row.getLong("act_id"), row.getString("order_no")))
        .collect(Collectors.toSet());
  }

  /// Orders booked as money, and what was posted for them out of a campaign's cost: the ids of an
  /// order's own postings are its number, `#` and a step; a paid conflict's are not among them.
  private List<Found> postings(Range range) {
    Sql keys = Sql.keysOf(range);
    return database
        .query(
            "select o.act_id, o.order_no, o.activity_id, o.amount_fen,"
                + " count(p.posting_id) as postings, coalesce(sum(p.amount_fen), 0) as posted"
                + " from "
                + keys.text()
                + " k join orders o on o.act_id = k.act_id and o.order_no = k.order_no"
                + " left join postings p on p.act_id = o.act_id"
                + " and p.posting_id >= concat(o.order_no, '#')"
                + " and p.posting_id < concat(o.order_no, '$')"
                + " and p.debit_account like 'cost:%'"
                + " where o.state = 8 and o.given_type in (1, 2) and o.amount_fen > 0"
                + " group by o.act_id, o.order_no, o.activity_id, o.amount_fen"
                + " having count(p.posting_id) <> 1"
                + " or coalesce(sum(p.amount_fen), 0) <> o.amount_fen"
                + LIMIT,
            keys.array())
        .stream()
        .map(MysqlBooksAudit::posting)
        .toList();
  }

  private static Found posting(Row row) {
    long postings = row.getLong("postings");
    long posted = row.getLong("posted");
    long amount = row.getLong("amount_fen");
    Discrepancy what =
        postings == 0
            ? Discrepancy.POSTING_MISSING
            : postings == 1 ? Discrepancy.POSTING_DIFFERS : Discrepancy.DOUBLE_POSTING;
    return Found.ofOrder(
        what,
        new OrderKey(row.getLong("act_id"), row.getString("order_no")),
        row.getString("activity_id"),
        Math.abs(posted - amount),
        "the order is for " + amount + " fen, " + postings + " postings moved " + posted);
  }

  /// What was posted to these users for orders that are not booked, conflicts that an operator has
  /// paid aside.
  private List<Found> unexplained(Range range) {
    Sql users = Sql.usersOf(range);
    return database
        .query(
            "select p.act_id, p.order_no, max(p.activity_id) as activity_id,"
                + " sum(p.amount_fen) as posted, coalesce(max(o.state), 0) as state from "
                + users.text()
                + " u join postings p on p.act_id = u.act_id"
                + " left join orders o on o.act_id = p.act_id and o.order_no = p.order_no"
                + " where p.debit_account like 'cost:%' and (o.order_no is null or o.state <> 8)"
                + " and not (p.posting_id like '%!%' and exists (select 1 from conflicts c"
                + " where c.act_id = p.act_id and c.order_no = p.order_no and c.state = 8))"
                + " group by p.act_id, p.order_no"
                + LIMIT,
            users.array())
        .stream()
        .map(row ->
            Found.ofOrder(
                Discrepancy.POSTING_UNEXPLAINED,
                new OrderKey(row.getLong("act_id"), row.getString("order_no")),
                row.getString("activity_id"),
                row.getLong("posted"),
                row.getLong("state") == 0
                    ? "there is no such order"
                    : "the order's state is " + row.getLong("state")))
        .toList();
  }

  /// These users' balances beside the sums of their postings, whichever of the two is there.
  private List<Found> balances(Range range) {
    Sql users = Sql.usersOf(range);
    return database
        .query(
            "select t.act_id, t.activity_id, t.purse, sum(t.posted) as posted,"
                + " sum(t.booked) as booked, sum(t.orders) as orders from ("
                + "select p.act_id, p.activity_id, p.purse, case when p.credit_account ="
                + " concat('user:', p.act_id, ':', p.activity_id, ':', p.purse)"
                + " then p.amount_fen else -p.amount_fen end as posted, 0 as booked, 1 as orders"
                + " from "
                + users.text()
                + " u join postings p on p.act_id = u.act_id union all"
                + " select b.act_id, b.activity_id, b.purse, 0, b.booked_fen, 0 from "
                + users.text()
                + " v join balances b on b.act_id = v.act_id) t"
                + " group by t.act_id, t.activity_id, t.purse"
                + " having sum(t.posted) <> sum(t.booked)"
                + LIMIT,
            users.twice())
        .stream()
        .map(MysqlBooksAudit::balance)
        .toList();
  }

  private static Found balance(Row row) {
    long posted = row.getLong("posted");
    long booked = row.getLong("booked");
    String account =
        row.getLong("act_id") + "/" + row.getString("activity_id") + "/" + row.getInt("purse");
    return Found.of(
            Discrepancy.BALANCE_DIFFERS,
            account,
            row.getString("activity_id"),
            Math.abs(posted - booked),
            row.getLong("orders"),
            "postings sum to " + posted + " fen, the balance says " + booked)
        .ofUser(row.getLong("act_id"));
  }

  @Override
  public LeasePage leases(long after, long sinceId, int atMost) {
    return budgets.leases(after, sinceId, atMost);
  }

  @Override
  public List<Found> leases(List<Long> ids) {
    return budgets.leases(ids);
  }

  @Override
  public List<Found> budgets() {
    return budgets.budgets();
  }

  @Override
  public List<Found> setAside(Instant parkedBefore) {
    List<Found> found = new ArrayList<>();
    database
        .query(
            "select act_id, order_no, fingerprint, outcome, activity_id, amount_fen, reason from conflicts"
                + " where state = 4 order by act_id, order_no"
                + LIMIT)
        .forEach(row -> found.add(conflict(row)));
    database
        .query(
            "select act_id, order_no, activity_id, amount_fen, park_reason from orders"
                + " where booked_at is null and state = 4 and accepted_at < ?"
                + LIMIT,
            parkedBefore)
        .forEach(row ->
            found.add(
                Found.ofOrder(
                    Discrepancy.PARKED_OPEN,
                    new OrderKey(row.getLong("act_id"), row.getString("order_no")),
                    row.getString("activity_id"),
                    row.getLong("amount_fen"),
                    row.findString("park_reason").orElse(""))));
    return found;
  }

  private static Found conflict(Row row) {
    String conflict = ConflictId.of(row.getBytes("fingerprint"), row.getBytes("outcome"));
    String orderNo = row.getString("order_no");
    return new Found(
        Discrepancy.CONFLICT_OPEN,
        orderNo + "/" + conflict,
        row.getString("activity_id"),
        row.getLong("act_id"),
        orderNo,
        row.getLong("amount_fen"),
        1,
        row.getString("reason") + ", --conflict " + conflict,
        "",
        0);
  }

  @Override
  public List<Found> inbox(Instant before) {
    return database
        .query(
            "select act_id, order_no, created_at from inbox where created_at < ?" + LIMIT, before)
        .stream()
        .map(row ->
            Found.ofOrder(
                Discrepancy.STUCK_OUTSTANDING,
                new OrderKey(row.getLong("act_id"), row.getString("order_no")),
                "",
                0,
                "in the inbox since " + row.getInstant("created_at")))
        .toList();
  }
}
