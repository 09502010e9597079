package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.order.Fen;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// [LeaseStore] over [Tables].
public final class SimLeaseStore implements LeaseStore {
  private final Tables tables;

  public SimLeaseStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Granting grant(GrantRequest request) {
    Tables.Budget budget = tables.budgets.get(request.budgetId());
    if (budget == null) {
      return new Granting.NoBudget();
    }
    Fen slice = budget.grantsNothing() ? Fen.ZERO : request.sliceOf(Fen.of(budget.free));
    if (slice.isZero()) {
      return new Granting.TooLittle(standing(request.budgetId(), budget));
    }
    if (tables.leases.containsKey(request.leaseId().value())) {
      throw new IllegalStateException("lease " + request.leaseId() + " was granted before");
    }
    budget.free -= slice.value();
    Lease lease =
        new Lease(
            request.leaseId().value(),
            request.budgetId(),
            request.holder(),
            slice.value(),
            request.log().leaseLog(),
            request.leaseTime().toMillis());
    for (int partition = 0; partition < request.log().partitions(); partition++) {
      lease.parts.add(new Lease.Part());
    }
    tables.leases.put(lease.id, lease);
    return new Granting.Granted(slice, new Standing(Fen.of(budget.total), Fen.of(budget.free), 1));
  }

  @Override
  public Set<LeaseId> heartbeat(String holder, Collection<LeaseId> leases) {
    Set<LeaseId> alive = new LinkedHashSet<>();
    for (LeaseId id : leases) {
      Lease lease = tables.leases.get(id.value());
      if (lease != null && lease.state == LeaseState.OPEN && lease.holder.equals(holder)) {
        lease.seq++;
        alive.add(id);
      }
    }
    return alive;
  }

  @Override
  public void retire(LeaseId id, Fen rest) {
    Lease lease = tables.leases.get(id.value());
    if (lease == null || lease.state != LeaseState.OPEN) {
      return;
    }
    lease.slice -= rest.value();
    lease.state = LeaseState.CLOSING;
    lease.seq++;
    budgetOf(lease).free += rest.value();
  }

  @Override
  public boolean allClosed(Collection<Long> leases) {
    return leases.stream()
        .map(tables.leases::get)
        .noneMatch(lease -> lease != null && lease.isUnclosed());
  }

  @Override
  public Map<String, Standing> standings(Collection<String> budgetIds) {
    Map<String, Standing> standings = new HashMap<>();
    for (String budgetId : budgetIds) {
      Tables.Budget budget = tables.budgets.get(budgetId);
      if (budget != null) {
        standings.put(budgetId, standing(budgetId, budget));
      }
    }
    return standings;
  }

  private Standing standing(String budgetId, Tables.Budget budget) {
    int unclosed =
        (int)
            tables.leases.values().stream()
                .filter(lease -> lease.budgetId.equals(budgetId) && lease.isUnclosed())
                .count();
    return new Standing(
        Fen.of(budget.total), Fen.of(budget.free), unclosed, budget.grantsNothing());
  }

  private Tables.Budget budgetOf(Lease lease) {
    return java.util.Objects.requireNonNull(tables.budgets.get(lease.budgetId));
  }
}
