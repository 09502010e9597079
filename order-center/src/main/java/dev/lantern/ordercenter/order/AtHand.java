package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.queue.LogName;
import java.util.Optional;

/// Leases of which only what is at hand is taken: a take that would wait is BUDGET_BUSY at once.
record AtHand(LeasesByLog all) implements LeasesByLog {
  @Override
  public Take take(String budgetId, Fen amount, LogName log) {
    return all.takeAtOnce(budgetId, amount, log)
        .<Take>map(Take.Taken::new)
        .orElseGet(Take.Busy::new);
  }

  @Override
  public Take take(String budgetId, Fen amount) {
    throw new UnsupportedOperationException("a batch knows its log");
  }

  @Override
  public void putBack(Unit unit) {
    all.putBack(unit);
  }

  @Override
  public boolean mayAnswer(Unit unit) {
    return all.mayAnswer(unit);
  }

  @Override
  public Optional<Remaining> remaining(String budgetId) {
    return all.remaining(budgetId);
  }
}
