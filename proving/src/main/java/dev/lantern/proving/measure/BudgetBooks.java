package dev.lantern.proving.measure;

import dev.lantern.bench.LeaseHolder;
import dev.lantern.bench.LeasedLedger;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Waits;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.sql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/// Budgets of a benchmark's own in the stack's ledger, instances that lease of them, and for the
/// peer the same budgets in the stack's Redis.
final class BudgetBooks implements AutoCloseable {
  private static final Script TAKE =
      Script.of(
          """
          local left = tonumber(redis.call('GET', KEYS[1]) or '0')
          if left < tonumber(ARGV[1]) then return {-1} end
          return {redis.call('DECRBY', KEYS[1], ARGV[1])}
          """);
  private static final Script SET = Script.of("return {redis.call('SET', KEYS[1], ARGV[1])}");
  private static final Script FORGET = Script.of("return {redis.call('DEL', KEYS[1])}");

  /// What a peer may take on a machine that has much else to do.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int CLOSED = 4;

  private final LeasedLedger ledger;
  private final Redis redis;
  private final Waits waits;
  private final String prefix;

  private BudgetBooks(LeasedLedger ledger, Redis redis, Waits waits, String prefix) {
    this.ledger = ledger;
    this.redis = redis;
    this.waits = waits;
    this.prefix = prefix;
  }

  /// @param random any 64 random bits at each call
  /// @param prefix of the budgets' names; no other run's
  static BudgetBooks open(StackAccess stack, Waits waits, LongSupplier random, String prefix) {
    var ledger =
        LeasedLedger.open(
            stack.home().resolve("conf").resolve("order-api-1.yaml"),
            waits.wall(),
            waits.nanos(),
            random);
    Redis redis = Redis.connect(patient(stack.redisA()), "bench");
    if (!redis.warm(PATIENCE)) {
      redis.close();
      ledger.close();
      throw new IllegalStateException("the stack's Redis A does not answer");
    }
    return new BudgetBooks(ledger, redis, waits, prefix);
  }

  private static RedisConfig patient(RedisConfig config) {
    return new RedisConfig(
        config.addresses(),
        config.password(),
        config.tls(),
        PATIENCE,
        PATIENCE,
        config.connections());
  }

  LeasedLedger ledger() {
    return ledger;
  }

  /// A new budget, also in Redis.
  String create(String name, long total) {
    String id = prefix + name;
    var _ =
        ledger
            .database()
            .update(
                "insert into budgets (budget_id, parent_activity_id, total, free, created_at)"
                    + " values (?, 'bench', ?, ?, utc_timestamp(6))",
                id,
                total,
                total);
    var _ = redis.eval(SET, key(id), Call.arg(Long.toString(total)));
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

  /// Counts what was taken in the leases' rows, as settlement goes on doing; to be called again
  /// before a lease that was taken from may have closed.
  void book(LeaseHolder holder) {
    holder
        .taken()
        .forEach((lease, units) -> {
          long counted =
              ledger
                  .database()
                  .update(
                      "update lease_booked set booked = ?, seq = seq + 1"
                          + " where lease_id = ? and partition_no = 0 and fenced = false",
                      units,
                      lease);
          if (counted != 1 && booked(lease) != units) {
            throw new IllegalStateException("lease " + lease + " was closed before it was booked");
          }
        });
  }

  private long booked(long lease) {
    return ledger
        .database()
        .query("select booked from lease_booked where lease_id = ? and partition_no = 0", lease)
        .getFirst()
        .getLong("booked");
  }

  /// Returns when every lease of the budget is closed by the stack's own closers, with the units
  /// that then are neither free nor taken.
  long stranded(String id, List<LeaseHolder> holders, Duration within) {
    Instant until = waits.wall().instant().plus(within);
    while (unclosed(id) > 0) {
      if (!waits.before(until)) {
        throw new IllegalStateException("leases of " + id + " do not close");
      }
      waits.sleep(LOOK_EVERY);
    }
    long taken =
        holders.stream()
            .flatMap(it -> it.taken().values().stream())
            .mapToLong(Long::longValue)
            .sum();
    Row row =
        ledger
            .database()
            .query("select total, free from budgets where budget_id = ?", id)
            .getFirst();
    return row.getLong("total") - row.getLong("free") - taken;
  }

  private long unclosed(String id) {
    return ledger
        .database()
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
          ledger
              .database()
              .query("select budget_id from budgets where budget_id like concat(?, '%')", prefix)) {
        forget(row.getString("budget_id"));
      }
    } finally {
      redis.close();
      ledger.close();
    }
  }

  private void forget(String id) {
    var database = ledger.database();
    var _ =
        database.update(
            "delete from lease_booked where lease_id in"
                + " (select lease_id from budget_leases where budget_id = ?)",
            id);
    var _ = database.update("delete from budget_leases where budget_id = ?", id);
    var _ = database.update("delete from budgets where budget_id = ?", id);
    var _ = redis.eval(FORGET, key(id));
  }
}
