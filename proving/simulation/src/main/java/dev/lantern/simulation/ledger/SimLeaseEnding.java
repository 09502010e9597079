package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.LeaseEnding;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import java.util.List;

/// [LeaseEnding] over [Tables].
public final class SimLeaseEnding implements LeaseEnding {
  private final Tables tables;

  public SimLeaseEnding(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Ended end(OperatorRequest request, String budgetId, boolean presentation) {
    if (tables.requests.get(request.requestId()) instanceof Answer.Done(long one, long two, _)) {
      return new Ended.Done((int) one, (int) two);
    }
    List<Lease> open = of(budgetId, LeaseState.OPEN);
    List<Lease> windows =
        presentation
            ? of(budgetId, LeaseState.FROZEN).stream().filter(l -> !l.windowEnded).toList()
            : List.of();
    open.forEach(lease -> {
      lease.state = LeaseState.CLOSING;
      lease.seq++;
    });
    windows.forEach(lease -> {
      lease.windowEnded = true;
      lease.seq++;
    });
    tables.requests.put(request.requestId(), new Answer.Done(open.size(), windows.size(), true));
    return new Ended.Done(open.size(), windows.size());
  }

  @Override
  public Left left(String budgetId) {
    List<Lease> unclosed =
        tables.leases.values().stream()
            .filter(lease -> lease.budgetId.equals(budgetId) && lease.isUnclosed())
            .toList();
    long frozen =
        unclosed.stream()
            .filter(lease -> lease.state == LeaseState.FROZEN && !lease.windowEnded)
            .count();
    return new Left(unclosed.size(), (int) frozen);
  }

  private List<Lease> of(String budgetId, LeaseState state) {
    return tables.leases.values().stream()
        .filter(lease -> lease.budgetId.equals(budgetId) && lease.state == state)
        .toList();
  }
}
