package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Data that nobody asks for: booked orders with their postings and balances, closed leases of
/// budgets of their own, claims in Redis. Copies of what was really booked, under other users'
/// numbers; everything of it carries one name, and is taken away in the end.
final class Ballast implements AutoCloseable {
  static final String PREFIX = "bench-g-";
  private static final int LANE = 1;
  private static final int CLAIMS_EACH = 2_000;
  private static final int CLAIM_BYTES = 180;

  /// They are taken away in the end; those of a run that is broken off go by themselves.
  private static final long CLAIMS_LIVE_MS = 40 * 60_000;

  private static final int ROWS_EACH = 10_000;
  private static final int PROGRESS_EACH = 3;
  private static final int ORDERS_A_LEASE = 25;
  private static final Script CLAIM =
      Script.of(
          """
          local body = string.rep('x', tonumber(ARGV[1]))
          for i = 1, #KEYS do redis.call('SET', KEYS[i], body, 'PX', ARGV[2]) end
          return {#KEYS}
          """);
  private static final Script FORGET = Script.of("return {redis.call('DEL', unpack(KEYS))}");

  private final StackAccess stack;
  private final BudgetBooks books;
  private final Progress progress;
  private final String name;
  private final String sceneId;
  private final int base;
  private int copies;
  private long claims;

  /// @param sceneId whose orders are copied; `base` of them make the load of factor 1
  Ballast(
      StackAccess stack,
      BudgetBooks books,
      Progress progress,
      String name,
      String sceneId,
      int base) {
    this.stack = stack;
    this.books = books;
    this.progress = progress;
    this.name = name;
    this.sceneId = sceneId;
    this.base = base;
  }

  /// Goes on until there are `factor` times `base` orders, `base` of them copied from, and what
  /// goes with them.
  void growTo(int factor) {
    try (Connection root = stack.connect("root");
        Statement statement = root.createStatement()) {
      for (int copy = copies + 1; copy < factor; copy++) {
        orders(statement, copy);
        leases(statement, copy);
        if (copy % PROGRESS_EACH == 0) {
          progress.phase(
              "growth: %,d of %,d orders loaded"
                  .formatted((long) copy * base, (long) (factor - 1) * base));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the data cannot be loaded: " + e.getMessage(), e);
    }
    copies = Math.max(copies, factor - 1);
    long wanted = (long) copies * base;
    claims(claims, wanted, CLAIM, List.of(Call.arg(CLAIM_BYTES), Call.arg(CLAIMS_LIVE_MS)));
    claims = Math.max(claims, wanted);
  }

  /// Users whose numbers differ from the copied one's in as many ways as there are copies.
  private static String user(int copy) {
    return "((o.act_id ^ %d) & 281474976710655)".formatted(copy * 0x9E37_79B9_7F4A_7C15L);
  }

  /// Without tokens: nobody signed any for them.
  private void orders(Statement statement, int copy) throws SQLException {
    String user = user(copy);
    String number = "concat(%s, substring(o.order_no, length(o.act_id) + 1))".formatted(user);
    String from =
        " from (select * from lantern_order.orders where scene_id = '%s' limit %d) o"
            .formatted(sceneId, base);
    execute(
        statement,
        "insert ignore into lantern_order.orders (act_id, order_no, parent_activity_id,"
            + " activity_id, stage, scene_id, rain_id, award_type, given_type, reward_id, title,"
            + " fallback, amount_fen, requested_amount_fen, budget_id, lease_id,"
            + " counted_lease_id, partition_no, fingerprint, state, app_id, token_key_id,"
            + " open_time, accepted_at, booked_at) select "
            + user
            + ", "
            + number
            + ", '%1$s', '%1$s', o.stage, '%1$s', o.rain_id, o.award_type, o.given_type, o.reward_id, o.title,"
                .formatted(name)
            + " o.fallback, o.amount_fen, o.requested_amount_fen, '"
            + name
            + "', 0, 0, o.partition_no, o.fingerprint, o.state, o.app_id, '',"
            + " o.open_time, o.accepted_at, o.booked_at"
            + from);
    execute(
        statement,
        "insert ignore into lantern_order.postings (act_id, posting_id, activity_id, purse,"
            + " debit_account, credit_account, amount_fen, order_no, posted_at) select "
            + user
            + ", p.posting_id, '"
            + name
            + "', p.purse, p.debit_account, p.credit_account, p.amount_fen, "
            + number
            + ", p.posted_at"
            + from
            + " join lantern_order.postings p on p.act_id = o.act_id and p.order_no = o.order_no");
    execute(
        statement,
        "insert ignore into lantern_order.balances (act_id, activity_id, purse, booked_fen,"
            + " held_fen, income_fen, seq) select "
            + user
            + ", '"
            + name
            + "', 1, o.amount_fen, 0, o.amount_fen, 1"
            + from);
  }

  /// A budget and its closed leases.
  private void leases(Statement statement, int copy) throws SQLException {
    String budget = name + "-" + copy;
    execute(
        statement,
        "insert ignore into lantern_order.budgets (budget_id, parent_activity_id, total, free,"
            + " created_at) values ('%s', '%s', 1000000, 1000000, utc_timestamp(6))"
                .formatted(budget, name));
    List<String> rows = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < Math.max(1, base / ORDERS_A_LEASE); i++) {
      long id = 1_000_000_000_000L + (long) copy * base + i;
      rows.add(
          "(%d, '%s', '%s', 0, 'DIRECT', 10000, 4, utc_timestamp(6))".formatted(id, budget, name));
      for (int partition = 0; partition < 8; partition++) {
        counts.add("(%d, %d, 1)".formatted(id, partition));
      }
    }
    execute(
        statement,
        "insert ignore into lantern_order.budget_leases (lease_id, budget_id, holder, slice, log,"
            + " lease_time_ms, state, created_at) values "
            + String.join(",", rows));
    execute(
        statement,
        "insert ignore into lantern_order.lease_booked (lease_id, partition_no, fenced) values "
            + String.join(",", counts));
  }

  /// Runs a script on the claims of these users, many keys a call.
  private void claims(long from, long to, Script script, List<byte[]> args) {
    for (long begin = from; begin < to; begin += CLAIMS_EACH) {
      var byBucket = new TreeMap<Integer, List<String>>();
      for (long user = begin; user < Math.min(to, begin + CLAIMS_EACH); user++) {
        byBucket
            .computeIfAbsent(TokenBuckets.bucketOf(user), _ -> new ArrayList<>())
            .add(TokenBuckets.claimKey(LANE, user, user + "_" + name));
      }
      books.redis(byBucket.values().stream().map(keys -> new Call(script, keys, args)).toList());
    }
  }

  private static void execute(Statement statement, String sql) throws SQLException {
    var _ = statement.executeUpdate(sql);
  }

  /// All orders in the ledger now, whoever's.
  long orders() {
    try (Connection root = stack.connect("root");
        Statement statement = root.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from lantern_order.orders")) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException("the orders cannot be counted: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    progress.phase("growth: taking the data away");
    try {
      claims(0, claims, FORGET, List.of());
    } finally {
      clear();
    }
  }

  /// A part at a time: no statement and no transaction is long.
  private void clear(Statement statement, String table) throws SQLException {
    String sql =
        "delete from lantern_order.%s where activity_id like '%s%%' limit %d"
            .formatted(table, PREFIX, ROWS_EACH);
    long gone = 0;
    int rows = statement.executeUpdate(sql);
    while (rows > 0) {
      gone += rows;
      rows = statement.executeUpdate(sql);
    }
    if (gone > 0) {
      progress.note("  %,d rows of %s taken away".formatted(gone, table));
    }
  }

  /// Takes all ballast away, also what a run that was broken off has left.
  void clear() {
    try (Connection root = stack.connect("root");
        Statement statement = root.createStatement()) {
      for (String table : List.of("postings", "balances", "orders")) {
        clear(statement, table);
      }
      execute(
          statement,
          "delete b from lantern_order.lease_booked b join lantern_order.budget_leases l"
              + " on l.lease_id = b.lease_id where l.holder like '%s%%'".formatted(PREFIX));
      execute(
          statement,
          "delete from lantern_order.budget_leases where holder like '%s%%'".formatted(PREFIX));
      execute(
          statement,
          "delete from lantern_order.budgets where parent_activity_id like '%s%%'"
              .formatted(PREFIX));
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the data stays, by the name of " + name + ": " + e.getMessage(), e);
    }
  }
}
