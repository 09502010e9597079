package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;

/// [Leases] of a holder whose orders go to one log now and to another then.
public interface LeasesByLog extends Leases {
  /// Takes from a lease of exactly this log: a lease's is fixed at its grant (L1). Else as the
  /// other.
  Take take(String budgetId, Fen amount, LogName log);
}
