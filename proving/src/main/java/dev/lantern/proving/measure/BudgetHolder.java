package dev.lantern.proving.measure;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// One instance's leases of a benchmark's budget, as order-center keeps them: its code over the
/// stack's own ledger. Units are single fen.
final class BudgetHolder implements AutoCloseable {
  private static final Fen ONE = Fen.of(1);
  private static final int PARTITIONS = 8;
  private static final int TRIES = 50;
  private static final Duration GRANT_WAIT = Duration.ofMillis(200);
  private static final Clock CLOCK = () -> new Moment(System.nanoTime(), Instant.now());

  private final LogName log = LogName.direct(Lane.LANE_LIVE, PARTITIONS);
  private final String budgetId;
  private final CountedLeaseStore store;
  private final LeaseKeeper keeper;
  private final Map<Long, LongAdder> taken = new ConcurrentHashMap<>();
  private Optional<LeaseThreads> threads = Optional.empty();

  private BudgetHolder(BudgetBooks books, String name, String budgetId) {
    this.budgetId = budgetId;
    this.store = new CountedLeaseStore(new MysqlLeaseStore(books.database()));
    this.keeper =
        new LeaseKeeper(
            store,
            () -> Optional.of(log),
            new LeaseIds(new SecureRandom()::nextLong),
            name,
            LeaseTerms.STANDARD,
            GRANT_WAIT,
            CLOCK);
  }

  /// One that keeps its leases alive.
  static BudgetHolder alive(BudgetBooks books, String name, String budgetId) {
    var holder = new BudgetHolder(books, name, budgetId);
    holder.threads = Optional.of(LeaseThreads.start(holder.keeper, LeaseTerms.STANDARD));
    return holder;
  }

  /// One that was granted a lease, took `units` of it, and was never heard of again.
  static BudgetHolder dead(BudgetBooks books, String name, String budgetId, int units) {
    var holder = new BudgetHolder(books, name, budgetId);
    var _ = holder.keeper.takeAtOnce(budgetId, ONE, holder.log);
    holder.keeper.tend();
    for (int i = 0; i < units; i++) {
      if (!holder.take()) {
        throw new IllegalStateException("no lease was granted on " + budgetId);
      }
    }
    return holder;
  }

  /// A name that no other process has.
  static String named(String name) {
    return "bench/" + name + "/" + ProcessHandle.current().pid();
  }

  /// Takes a unit, the first of a lease that has yet to be granted.
  void takeFirst() {
    for (int i = 0; !take(); i++) {
      if (i == TRIES) {
        throw new IllegalStateException("no lease is granted on " + budgetId);
      }
    }
  }

  boolean take() {
    if (keeper.take(budgetId, ONE, log) instanceof Take.Taken(Unit unit)) {
      taken.computeIfAbsent(unit.leaseId().value(), _ -> new LongAdder()).increment();
      return true;
    }
    return false;
  }

  /// Units taken, by the lease that they count on.
  Map<Long, LongAdder> taken() {
    return taken;
  }

  long storeCalls() {
    return store.calls();
  }

  @Override
  public void close() {
    threads.ifPresent(LeaseThreads::close);
  }
}
