package dev.lantern.ordercenter.budget;

import java.util.Set;

/// What campaign trees say of budgets.
public interface Payers {
  /// The budgets that pay rewards of a template, in any tree that is or will be in effect.
  Set<String> ofTemplate(String templateId);

  /// Below which share of the budget's total some scene gives its fallback, in percent; 0: none.
  int thresholdPercent(String budgetId);
}
