package dev.lantern.proving.measure;

import dev.lantern.ordercenter.OrderCenterConfig;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.runtime.config.Config;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Budgets of a benchmark's own in the stack's ledger and, for the peer, in its Redis; opened as
/// order-center's api role opens them.
final class BudgetBooks implements AutoCloseable {
  private static final Script TAKE =
      Script.of(
          """
          local left = tonumber(redis.call('GET', KEYS[1]) or '0')
          if left < tonumber(ARGV[1]) then return {-1} end
          return {redis.call('DECRBY', KEYS[1], ARGV[1])}
          """);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int CLOSED = 4;

  private final Database database;
  private final Redis redis;
  private final String prefix;

  private BudgetBooks(Database database, Redis redis, String prefix) {
    this.database = database;
    this.redis = redis;
    this.prefix = prefix;
  }

  static BudgetBooks open(StackAccess stack, String prefix) {
    OrderCenterConfig config =
        Config.load(
            OrderCenterConfig.class,
            stack.home().resolve("conf").resolve("order-api-1.yaml"),
            Map.of());
    Redis redis = Redis.connect(config.redisA(), "bench");
    var _ = redis.warm(Duration.ofSeconds(10));
    return new BudgetBooks(Database.open(config.database(), "bench"), redis, prefix);
  }

  Database database() {
    return database;
  }

  /// A new budget, also in Redis.
  String create(String name, long total) {
    String id = prefix + name;
    var _ =
        database.update(
            "insert into budgets (budget_id, parent_activity_id, total, free, created_at)"
                + " values (?, 'bench', ?, ?, utc_timestamp(6))",
            id,
            total,
            total);
    var _ =
        redis.eval(
            Script.of("return {redis.call('SET', KEYS[1], ARGV[1])}"),
            key(id),
            Call.arg(Long.toString(total)));
    return id;
  }

  /// Runs scripts of a benchmark's own.
  void redis(List<Call> calls) {
    var _ = redis.evalAll(calls);
  }

  /// The peer's take: one script a unit. An answer that does not come is no unit.
  boolean takeFromRedis(String id) {
    try {
      return redis.eval(TAKE, key(id), Call.arg(1)).getLong(0) >= 0;
    } catch (RedisUnavailableException e) {
      return false;
    }
  }

  /// Counts what was taken as settlement does, and returns when every lease is closed by the
  /// stack's own closers; what then is neither free nor taken is stranded.
  long stranded(String id, List<BudgetHolder> holders, Duration within) {
    long taken = 0;
    for (BudgetHolder holder : holders) {
      for (Map.Entry<Long, LongAdder> one : holder.taken().entrySet()) {
        taken += one.getValue().sum();
      }
    }
    long until = System.nanoTime() + within.toNanos();
    while (unclosed(id) > 0) {
      if (System.nanoTime() - until > 0) {
        throw new IllegalStateException("leases of " + id + " do not close");
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    Row row = database.query("select total, free from budgets where budget_id = ?", id).getFirst();
    return row.getLong("total") - row.getLong("free") - taken;
  }

  /// Counts what was taken in the leases' rows, as settlement goes on doing; to be called again
  /// before a lease that was taken from may have closed.
  void book(BudgetHolder holder) {
    holder
        .taken()
        .forEach((lease, units) -> {
          long counted =
              database.update(
                  "update lease_booked set booked = ?, seq = seq + 1"
                      + " where lease_id = ? and partition_no = 0 and fenced = false",
                  units.sum(),
                  lease);
          if (counted != 1 && booked(lease) != units.sum()) {
            throw new IllegalStateException("lease " + lease + " was closed before it was booked");
          }
        });
  }

  private long booked(long lease) {
    return database
        .query("select booked from lease_booked where lease_id = ? and partition_no = 0", lease)
        .getFirst()
        .getLong("booked");
  }

  private long unclosed(String id) {
    return database
        .query(
            "select count(*) as n from budget_leases where budget_id = ? and state <> " + CLOSED,
            id)
        .getFirst()
        .getLong("n");
  }

  private static String key(String id) {
    return "lantern:bench:{" + id + "}";
  }

  /// Takes away what was made.
  @Override
  public void close() {
    try {
      for (Row row :
          database.query(
              "select budget_id from budgets where budget_id like concat(?, '%')", prefix)) {
        String id = row.getString("budget_id");
        var _ =
            database.update(
                "delete from lease_booked where lease_id in"
                    + " (select lease_id from budget_leases where budget_id = ?)",
                id);
        var _ = database.update("delete from budget_leases where budget_id = ?", id);
        var _ = database.update("delete from budgets where budget_id = ?", id);
        var _ = redis.eval(Script.of("return {redis.call('DEL', KEYS[1])}"), key(id), Call.arg(0));
      }
    } finally {
      redis.close();
      database.close();
    }
  }
}
