package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.budget.BudgetControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what pending cuts are owed from what comes back to their budgets (L8). Called about once a
/// second; any number may run.
public final class PendingCuts {
  private static final Logger LOG = LoggerFactory.getLogger(PendingCuts.class);

  private final BudgetControl control;

  public PendingCuts(BudgetControl control) {
    this.control = control;
  }

  public void tick() {
    control
        .applyPendingCuts()
        .forEach(taken ->
            LOG.info(
                "{} more cut from budget {}, {} pending",
                taken.amount(),
                taken.budgetId(),
                taken.stillPending()));
  }
}
