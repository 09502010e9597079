package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.BudgetControl;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [BudgetControl] over [Tables]: what a change makes of a budget is production's own rule.
public class SimBudgetControl implements BudgetControl {
  private final Tables tables;

  public SimBudgetControl(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Adjusted adjust(
      OperatorRequest request, String budgetId, Adjustment adjustment, long amount) {
    Answer earlier = tables.requests.get(request.requestId());
    if (earlier instanceof Answer.Done(long applied, _, _) && isRemembered()) {
      return new Adjusted.Done(applied, true);
    }
    Tables.Budget budget = tables.budgets.get(budgetId);
    if (budget == null) {
      return new Adjusted.NoBudget();
    }
    Before before =
        new Before(budget.total, budget.free, leased(budgetId), budget.frozen, budget.pendingCut);
    Optional<After> after = after(before, adjustment, amount);
    if (after.isEmpty()) {
      return new Adjusted.TooLarge(
          Math.max(0, before.free() + before.leased() - before.pendingCut()));
    }
    write(budget, after.get());
    long applied =
        switch (adjustment) {
          case TOP_UP -> amount;
          case CUT -> before.total() - after.get().total();
          case FREEZE, UNFREEZE -> 0;
        };
    tables.requests.put(request.requestId(), new Answer.Done(applied, amount, true));
    return new Adjusted.Done(applied, false);
  }

  /// What the change makes of it.
  Optional<After> after(Before before, Adjustment adjustment, long amount) {
    return before.after(adjustment, amount);
  }

  boolean isRemembered() {
    return true;
  }

  @Override
  public Adjusted guard(OperatorRequest request, String budgetId, Guard guard) {
    throw new IllegalStateException("no guard is set here");
  }

  @Override
  public boolean freezeByGuard(String budgetId, String why) {
    throw new IllegalStateException("no guard watches here");
  }

  @Override
  public List<Taken> applyPendingCuts() {
    List<Taken> all = new ArrayList<>();
    tables.budgets.forEach((id, budget) -> {
      if (budget.pendingCut > 0 && budget.free > 0) {
        long before = budget.total;
        write(
            budget,
            new After(budget.total, budget.free, budget.frozen, budget.pendingCut).settled());
        all.add(new Taken(id, before - budget.total, budget.pendingCut));
      }
    });
    return all;
  }

  private long leased(String budgetId) {
    return tables.leases.values().stream()
        .filter(lease -> lease.isUnclosed() && lease.budgetId.equals(budgetId))
        .mapToLong(lease -> lease.slice - lease.booked())
        .sum();
  }

  private static void write(Tables.Budget budget, After after) {
    budget.total = after.total();
    budget.free = after.free();
    budget.frozen = after.frozen();
    budget.pendingCut = after.pendingCut();
  }
}
