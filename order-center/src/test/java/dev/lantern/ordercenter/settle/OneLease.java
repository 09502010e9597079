package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A process that holds one lease of a ledger, and spends it.
public final class OneLease implements Leases {
  private final long leaseId;
  private final LogName log;
  private final AtomicLong rest;

  public OneLease(long leaseId, long slice, LogName log) {
    this.leaseId = leaseId;
    this.log = log;
    this.rest = new AtomicLong(slice);
  }

  /// What nobody has taken.
  public long rest() {
    return rest.get();
  }

  @Override
  public Take take(String budgetId, Fen amount) {
    if (rest.addAndGet(-amount.value()) < 0) {
      rest.addAndGet(amount.value());
      return new Take.Busy();
    }
    return new Take.Taken(new Unit(new LeaseId(leaseId), budgetId, amount, log));
  }

  @Override
  public void putBack(Unit unit) {
    rest.addAndGet(unit.amount().value());
  }

  @Override
  public boolean mayAnswer(Unit unit) {
    return true;
  }

  @Override
  public Optional<Remaining> remaining(String budgetId) {
    return Optional.empty();
  }
}
