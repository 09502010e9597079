package dev.lantern.ordercenter.fund;

import java.time.Instant;
import java.util.List;

/// Looks at how much of each budget is used, and remembers it.
@FunctionalInterface
public interface BudgetSamples {
  /// Every budget that is in use or guarded, as of now; whoever comes first in a slot of time
  /// writes the sample down. At most 1,000 budgets.
  List<BudgetUse> take(Instant now);
}
