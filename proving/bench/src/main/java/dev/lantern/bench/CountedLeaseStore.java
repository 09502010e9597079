package dev.lantern.bench;

import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.order.Fen;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// A ledger's leases, with how often it was asked.
final class CountedLeaseStore implements LeaseStore {
  private final LeaseStore store;
  private final LongAdder calls = new LongAdder();

  CountedLeaseStore(LeaseStore store) {
    this.store = store;
  }

  long calls() {
    return calls.sum();
  }

  @Override
  public Granting grant(GrantRequest request) {
    calls.increment();
    return store.grant(request);
  }

  @Override
  public Set<LeaseId> heartbeat(String holder, Collection<LeaseId> leases) {
    if (!leases.isEmpty()) {
      calls.increment();
    }
    return store.heartbeat(holder, leases);
  }

  @Override
  public void retire(LeaseId lease, Fen rest) {
    calls.increment();
    store.retire(lease, rest);
  }

  @Override
  public boolean allClosed(Collection<Long> leases) {
    calls.increment();
    return store.allClosed(leases);
  }

  @Override
  public Map<String, Standing> standings(Collection<String> budgetIds) {
    if (!budgetIds.isEmpty()) {
      calls.increment();
    }
    return store.standings(budgetIds);
  }
}
