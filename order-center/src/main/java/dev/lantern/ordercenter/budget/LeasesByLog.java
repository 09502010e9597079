package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.util.Optional;
import java.util.function.Supplier;

/// [Leases] of a holder whose orders go to one log now and to another then.
public interface LeasesByLog extends Leases {
  /// Takes from a lease of exactly this log: a lease's is fixed at its grant (L1). Else as the
  /// other.
  Take take(String budgetId, Fen amount, LogName log);

  /// Takes what is at hand, of a lease of exactly this log, and waits for no grant.
  default Optional<Unit> takeAtOnce(String budgetId, Fen amount, LogName log) {
    return take(budgetId, amount, log) instanceof Take.Taken(Unit unit)
        ? Optional.of(unit)
        : Optional.empty();
  }

  /// The same leases for one use, whose units always come from this log's.
  default Leases from(Supplier<LogName> log) {
    LeasesByLog all = this;
    return new Leases() {
      @Override
      public Take take(String budgetId, Fen amount) {
        return all.take(budgetId, amount, log.get());
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
    };
  }
}
