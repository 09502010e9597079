package dev.lantern.bench;

import dev.lantern.ordercenter.LeaseConfig;
import dev.lantern.ordercenter.OrderCenterConfig;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.runtime.config.Config;
import dev.lantern.stores.sql.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/// A stack's ledger, and instances that lease units of its budgets, by the numbers that the stack's
/// own go by. Safe for many threads.
public final class LeasedLedger implements AutoCloseable {
  private final Database database;
  private final LeaseConfig leases;
  private final Clock clock;
  private final LeaseIds ids;

  private LeasedLedger(Database database, LeaseConfig leases, Clock clock, LeaseIds ids) {
    this.database = database;
    this.leases = leases;
    this.clock = clock;
    this.ids = ids;
  }

  /// Opens the ledger as one of its own processes does; connects with the first call.
  ///
  /// @param config of an order-center process of the stack
  /// @param nanos monotonic, from whatever beginning
  /// @param random any 64 random bits at each call
  public static LeasedLedger open(
      Path config, InstantSource wall, LongSupplier nanos, LongSupplier random) {
    OrderCenterConfig read = Config.load(OrderCenterConfig.class, config, Map.of());
    return new LeasedLedger(
        Database.open(read.database(), "bench"),
        read.leases(),
        () -> new Moment(nanos.getAsLong(), wall.instant()),
        new LeaseIds(random));
  }

  public Database database() {
    return database;
  }

  /// How long a lease lasts after a heartbeat.
  public Duration leaseLife() {
    return leases.time();
  }

  /// An instance that keeps its leases of a budget alive, until closed.
  ///
  /// @param name of the instance; this process's number makes it nobody else's
  public LeaseHolder alive(String name, String budgetId) {
    return LeaseHolder.alive(this, nameOf(name), budgetId);
  }

  /// An instance that was granted a lease, took so many units of it, and is never heard of again.
  ///
  /// @param units no more than a first slice has, which is 64
  public LeaseHolder dead(String name, String budgetId, int units) {
    return LeaseHolder.dead(this, nameOf(name), budgetId, units);
  }

  private static String nameOf(String name) {
    return "bench/" + name + "/" + ProcessHandle.current().pid();
  }

  LeaseConfig leases() {
    return leases;
  }

  Clock clock() {
    return clock;
  }

  LeaseIds ids() {
    return ids;
  }

  @Override
  public void close() {
    database.close();
  }
}
