package dev.lantern.bench;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// One instance's leases of one budget, kept as order-center keeps them. Units are single fen.
/// Takes may come from many threads.
///
/// No order stands behind a unit, so its leases name no queue: they close when their wait is over,
/// and whoever takes has to count the units in the leases' rows before that, as booking does.
public final class LeaseHolder implements AutoCloseable {
  private static final Fen ONE = Fen.of(1);
  private static final int PARTITIONS = 8;
  private static final int TRIES = 5;

  /// Longer than an order would wait: a take that finds none on a busy machine is the ledger's
  /// slowness, not the lease's.
  private static final Duration GRANT_WAIT = Duration.ofSeconds(5);

  private final LogName log = LogName.direct(Lane.LANE_LIVE, PARTITIONS);
  private final String budgetId;
  private final CountedLeaseStore store;
  private final LeaseKeeper keeper;
  private final Map<Long, LongAdder> taken = new ConcurrentHashMap<>();
  private Optional<LeaseThreads> threads = Optional.empty();

  private LeaseHolder(LeasedLedger ledger, String name, String budgetId) {
    this.budgetId = budgetId;
    this.store = new CountedLeaseStore(new MysqlLeaseStore(ledger.database()));
    this.keeper =
        new LeaseKeeper(
            store,
            () -> Optional.of(log),
            ledger.ids(),
            name,
            ledger.leases().terms(),
            GRANT_WAIT,
            ledger.clock());
  }

  static LeaseHolder alive(LeasedLedger ledger, String name, String budgetId) {
    var holder = new LeaseHolder(ledger, name, budgetId);
    holder.threads = Optional.of(LeaseThreads.start(holder.keeper, ledger.leases().terms()));
    return holder;
  }

  static LeaseHolder dead(LeasedLedger ledger, String name, String budgetId, int units) {
    var holder = new LeaseHolder(ledger, name, budgetId);
    var _ = holder.keeper.takeAtOnce(budgetId, ONE, holder.log);
    holder.keeper.tend();
    for (int i = 0; i < units; i++) {
      holder.takeFirst();
    }
    return holder;
  }

  /// Takes a unit of a lease that may have yet to be granted. Throws IllegalStateException when
  /// none is.
  public void takeFirst() {
    for (int i = 0; !take(); i++) {
      if (i == TRIES) {
        throw new IllegalStateException("no lease is granted on " + budgetId);
      }
    }
  }

  /// Takes a unit; false when there is none to be had now.
  public boolean take() {
    if (keeper.take(budgetId, ONE, log) instanceof Take.Taken(Unit unit)) {
      taken.computeIfAbsent(unit.leaseId().value(), _ -> new LongAdder()).increment();
      return true;
    }
    return false;
  }

  /// Units taken until now, by the lease that they count on.
  public Map<Long, Long> taken() {
    var units = new TreeMap<Long, Long>();
    taken.forEach((lease, sum) -> units.put(lease, sum.sum()));
    return units;
  }

  /// How often the ledger was asked until now, heartbeats and looks at the budget included.
  public long storeCalls() {
    return store.calls();
  }

  /// Gives the leases back, if it is alive.
  @Override
  public void close() {
    threads.ifPresent(LeaseThreads::close);
  }
}
